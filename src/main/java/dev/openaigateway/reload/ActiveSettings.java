package dev.openaigateway.reload;

import dev.openaigateway.config.ClientSettings;
import dev.openaigateway.config.Settings;
import dev.openaigateway.routing.Instances;
import dev.openaigateway.security.AddressLockout;
import dev.openaigateway.security.AdminAccess;
import dev.openaigateway.security.AdminLockout;
import dev.openaigateway.security.ClientAddress;
import dev.openaigateway.security.ClientAuthenticator;
import dev.openaigateway.security.ClientDirectory;
import dev.openaigateway.server.BrowserHeaders;
import dev.openaigateway.stats.Statistics;
import dev.openaigateway.throttle.ActiveLimiter;

import java.time.InstantSource;

/** The settings in force with all that is made from them. A reload swaps them at once; who asks twice may see both. */
public final class ActiveSettings {

    /** What is made from one version of the settings. */
    private record Version(Settings settings, ClientAuthenticator authenticator, ClientAddress address, AdminAccess admin,
                           BrowserHeaders headers) {
    }

    private final Instances instances;
    private final ActiveLimiter limiter;
    private final Statistics statistics;
    private final AddressLockout lockout;
    private final AddressLockout tokenLockout;
    private final AdminLockout adminLockout;
    private volatile Version version;

    public ActiveSettings(Settings settings, Instances instances, ActiveLimiter limiter, Statistics statistics,
                   InstantSource clock) {
        this.instances = instances;
        this.limiter = limiter;
        this.statistics = statistics;
        this.lockout = new AddressLockout(settings.clients().maxBadKeys(), settings.clients().block(), clock);
        this.tokenLockout = new AddressLockout(settings.clients().maxBadKeys(), settings.clients().block(), clock);
        this.adminLockout = new AdminLockout(lockout, tokenLockout);
        apply(settings);
    }

    void apply(Settings settings) {
        ClientSettings clients = settings.clients();
        Version next = new Version(settings,
                new ClientAuthenticator(new ClientDirectory(clients), lockout),
                new ClientAddress(clients.trustedProxies()),
                new AdminAccess(settings.admin()),
                new BrowserHeaders(settings.cors()));
        limiter.apply(settings);
        lockout.setThresholds(clients.maxBadKeys(), clients.block());
        tokenLockout.setThresholds(clients.maxBadKeys(), clients.block());
        LogSetup.apply(settings.logging(), version == null ? null : version.settings().logging());
        statistics.keep(settings.monitoring().longestWindow());
        instances.apply(settings);
        version = next;
    }

    public Settings settings() {
        return version.settings();
    }

    public ClientAuthenticator authenticator() {
        return version.authenticator();
    }

    public ClientAddress address() {
        return version.address();
    }

    public AdminAccess admin() {
        return version.admin();
    }

    public AdminLockout adminLockout() {
        return adminLockout;
    }

    public BrowserHeaders headers() {
        return version.headers();
    }
}
