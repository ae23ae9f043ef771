package dev.openaigateway.runtime;

import dev.openaigateway.admission.AddressBlock;
import dev.openaigateway.admission.AdminAccess;
import dev.openaigateway.admission.AdminDoor;
import dev.openaigateway.admission.ClientAddress;
import dev.openaigateway.admission.ClientDirectory;
import dev.openaigateway.admission.Doorkeeper;
import dev.openaigateway.admission.ResponseHeaders;
import dev.openaigateway.config.ClientSettings;
import dev.openaigateway.config.Settings;
import dev.openaigateway.routing.Instances;
import dev.openaigateway.stats.Statistics;

import java.time.InstantSource;

/** The settings in force with all that is made from them. A reload swaps them at once; who asks twice may see both. */
final class ActiveSettings {

    /** What is made from one version of the settings. */
    private record Version(Settings settings, Doorkeeper doorkeeper, ClientAddress address, AdminAccess admin,
                           ResponseHeaders headers) {
    }

    private final Instances instances;
    private final LimiterInForce limiter;
    private final Statistics statistics;
    private final AddressBlock block;
    private final AddressBlock tokenBlock;
    private final AdminDoor adminDoor;
    private volatile Version version;

    ActiveSettings(Settings settings, Instances instances, LimiterInForce limiter, Statistics statistics,
                   InstantSource clock) {
        this.instances = instances;
        this.limiter = limiter;
        this.statistics = statistics;
        this.block = new AddressBlock(settings.clients().maxBadKeys(), settings.clients().block(), clock);
        this.tokenBlock = new AddressBlock(settings.clients().maxBadKeys(), settings.clients().block(), clock);
        this.adminDoor = new AdminDoor(block, tokenBlock);
        apply(settings);
    }

    void apply(Settings settings) {
        ClientSettings clients = settings.clients();
        Version next = new Version(settings,
                new Doorkeeper(new ClientDirectory(clients), block),
                new ClientAddress(clients.trustedProxies()),
                new AdminAccess(settings.admin()),
                new ResponseHeaders(settings.cors()));
        limiter.apply(settings);
        block.limit(clients.maxBadKeys(), clients.block());
        tokenBlock.limit(clients.maxBadKeys(), clients.block());
        LogSetup.apply(settings.logging(), version == null ? null : version.settings().logging());
        statistics.keep(settings.monitoring().longestWindow());
        instances.apply(settings);
        version = next;
    }

    Settings settings() {
        return version.settings();
    }

    Doorkeeper doorkeeper() {
        return version.doorkeeper();
    }

    ClientAddress address() {
        return version.address();
    }

    AdminAccess admin() {
        return version.admin();
    }

    AdminDoor adminDoor() {
        return adminDoor;
    }

    ResponseHeaders headers() {
        return version.headers();
    }
}
