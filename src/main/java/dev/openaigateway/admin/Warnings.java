package dev.openaigateway.admin;

import dev.openaigateway.config.LiveSettings;
import dev.openaigateway.config.Settings;
import dev.openaigateway.log.root.GatewayLog;
import org.apache.camel.CamelContext;
import org.apache.camel.support.LifecycleStrategySupport;
import org.slf4j.Logger;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** What operators should change although the gateway works. Logged at the start, and when a change of the settings brings it. Thread-safe. */
public final class Warnings extends LifecycleStrategySupport {

    private static final Logger LOG = GatewayLog.LOG;

    /** Renewed certificates are there long before. */
    private static final Duration RENEWAL = Duration.ofDays(7);

    /**
     * @param code    such as {@code no_client_keys}
     * @param message what is wrong, and what to do
     */
    record Warning(String code, String message) {
    }

    private final LiveSettings settings;
    private final BooleanSupplier open;
    private final BooleanSupplier demo;
    private final Supplier<Optional<Instant>> certificateEnd;
    private final Supplier<Optional<String>> refusal;
    private final InstantSource clock;
    /** The settings with which the listener was opened; a changed {@code host} takes effect after a restart. */
    private final Settings ofStart;
    private volatile boolean started;
    private List<Warning> logged = List.of();

    /**
     * @param open           whether requests need no key
     * @param demo           whether the demo upstream responds
     * @param certificateEnd the end of the gateway's own certificate; empty without TLS
     * @param refusal        why the files on disk are not active; empty if they are
     */
    public Warnings(LiveSettings settings, BooleanSupplier open, BooleanSupplier demo, Supplier<Optional<Instant>> certificateEnd,
                    Supplier<Optional<String>> refusal, InstantSource clock) {
        this.certificateEnd = certificateEnd;
        this.refusal = refusal;
        this.settings = settings;
        this.ofStart = settings.get();
        this.open = open;
        this.demo = demo;
        this.clock = clock;
        settings.afterChange(this::logNew);
    }

    /** Warnings about access from other machines. Shown to everyone, because a request reveals as much. */
    List<Warning> ofAccess() {
        boolean exposed = !ofStart.isLocal();
        List<Warning> warnings = new ArrayList<>();
        if (exposed && open.getAsBoolean()) {
            warnings.add(new Warning("no_client_keys", "The gateway listens on " + ofStart.host() + ", and every machine that can reach it may use it without a key."
                    + " Set clients.keys or CLIENT_KEYS, or let it listen on 127.0.0.1."));
        }
        if (exposed && demo.getAsBoolean()) {
            warnings.add(new Warning("demo_served", "The demo upstream, whose responses are made up, serves other machines. Configure an instance,"
                    + " or let the gateway listen on 127.0.0.1."));
        }
        if (settings.get().instances().isEmpty()) {
            warnings.add(new Warning("no_instances", "No instance is configured, and the demo upstream is not served over TLS."));
        }
        return warnings;
    }

    /** All warnings. */
    public Object show(AdminRequest request) {
        List<Warning> warnings = new ArrayList<>(ofAccess());
        refusal.get().ifPresent(why -> warnings.add(new Warning("files_refused", "The files on disk are refused, so a restart may fail: " + why)));
        Instant now = clock.instant();
        certificateEnd.get().filter(end -> end.isBefore(now.plus(RENEWAL)))
                .ifPresent(end -> warnings.add(new Warning("certificate_expires", "The TLS certificate is valid until " + end + ".")));
        KeyExpiryWatch.messages(settings.get(), now).forEach(message -> warnings.add(new Warning("client_key_expires", message)));
        return Map.of("warnings", warnings);
    }

    @Override
    public void onContextStarted(CamelContext context) {
        started = true;
        logNew();
    }

    /** Asks for the warnings without the monitor, since the answer may wait for a change of the settings, and a change calls this. */
    private void logNew() {
        if (started) {
            log(ofAccess());
        }
    }

    private synchronized void log(List<Warning> now) {
        now.stream().filter(warning -> !logged.contains(warning)).forEach(warning -> LOG.warn(warning.message()));
        logged = now;
    }
}
