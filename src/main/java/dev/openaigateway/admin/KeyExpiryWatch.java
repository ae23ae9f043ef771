package dev.openaigateway.admin;

import dev.openaigateway.config.ClientKey;
import dev.openaigateway.config.KeyedClient;
import dev.openaigateway.config.LiveSettings;
import dev.openaigateway.config.Settings;
import dev.openaigateway.events.Alert;
import dev.openaigateway.events.Events;
import dev.openaigateway.guard.PeriodicTask;
import org.apache.camel.CamelContext;
import org.apache.camel.support.service.ServiceSupport;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;

/** Raises an alert a week before a client's key expires, a day before, and when it has expired. Looks once a minute. */
public final class KeyExpiryWatch extends ServiceSupport {

    private static final Duration PERIOD = Duration.ofMinutes(1);
    private static final int MOST_IN_ONE_ALERT = 10;
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration DAY = Duration.ofDays(1);

    /** How near the end is. */
    private enum Stage { DISTANT, WEEK, DAY, EXPIRED }

    private final CamelContext context;
    private final LiveSettings settings;
    private final Events events;
    private final InstantSource clock;
    /** The stage that was reported last, by the key with its end, so that a new end is reported again. */
    private Map<ClientKey, Stage> reported = Map.of();
    private ScheduledExecutorService thread;

    public KeyExpiryWatch(CamelContext context, LiveSettings settings, Events events, InstantSource clock) {
        this.context = context;
        this.settings = settings;
        this.events = events;
        this.clock = clock;
    }

    @Override
    protected void doStart() {
        thread = context.getExecutorServiceManager().newSingleThreadScheduledExecutor(this, "key-expiry");
        PeriodicTask.start(thread, "the check of the ends of keys", Duration.ZERO, PERIOD, this::look);
    }

    /** Reports the keys whose end has come nearer than it was at the last look, in one alert. */
    synchronized void look() {
        Instant now = clock.instant();
        Map<ClientKey, Stage> stages = new HashMap<>();
        List<String> messages = new ArrayList<>();
        for (KeyedClient client : settings.get().clients().keys()) {
            for (ClientKey key : client.keys()) {
                Stage stage = stage(key, now);
                if (stage != Stage.DISTANT) {
                    stages.put(key, stage);
                    if (stage != reported.get(key)) {
                        messages.add(message(client, key, now));
                    }
                }
            }
        }
        reported = stages;
        if (!messages.isEmpty()) {
            int more = messages.size() - MOST_IN_ONE_ALERT;
            events.alert(Alert.Kind.CLIENT_KEY_EXPIRES, null, String.join(" ", messages.subList(0, Math.min(messages.size(), MOST_IN_ONE_ALERT)))
                    + (more > 0 ? " So do " + more + " more keys, which /admin/clients shows." : ""));
        }
    }

    /** One sentence for each key that has expired or expires within a week. */
    static List<String> messages(Settings active, Instant now) {
        return active.clients().keys().stream().flatMap(client -> client.keys().stream()
                .filter(key -> stage(key, now) != Stage.DISTANT).map(key -> message(client, key, now))).toList();
    }

    private static Stage stage(ClientKey key, Instant now) {
        if (key.expires().isEmpty()) {
            return Stage.DISTANT;
        }
        Duration left = Duration.between(now, key.expires().get());
        if (left.isNegative() || left.isZero()) {
            return Stage.EXPIRED;
        }
        if (left.compareTo(DAY) <= 0) {
            return Stage.DAY;
        }
        return left.compareTo(WEEK) <= 0 ? Stage.WEEK : Stage.DISTANT;
    }

    private static String message(KeyedClient client, ClientKey key, Instant now) {
        return "Key " + key.id() + " of client '" + client.name() + "' " + (key.isExpired(now) ? "expired at " : "expires at ")
                + key.expires().orElseThrow() + ".";
    }

    @Override
    protected void doStop() {
        context.getExecutorServiceManager().shutdownNow(thread);
    }
}
