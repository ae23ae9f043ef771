package dev.openaigateway.admin;

import dev.openaigateway.config.KeyDigest;
import dev.openaigateway.config.LiveSettings;
import dev.openaigateway.events.EventQueues;
import dev.openaigateway.events.Events;
import dev.openaigateway.support.PlainContext;
import dev.openaigateway.support.TestClock;
import dev.openaigateway.support.TestSettings;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;

import static org.assertj.core.api.Assertions.assertThat;

class KeyExpiryWatchTest {

    private static final String KEY = "Key " + KeyDigest.of("a").id() + " of client 'x' ";

    private final TestClock clock = new TestClock();
    private final CamelContext context = PlainContext.create();
    private final Events events = new Events(context, new EventQueues<>(), alert -> { }, clock);
    private final LiveSettings settings = TestSettings.live("clients: { keys: [ { name: x, key: a, expires: 2026-01-09 }, b ] }");
    private final KeyExpiryWatch watch = new KeyExpiryWatch(context, settings, events, clock);

    @Test
    void shouldReportAnEndThatComesNearerOnceAtEachStage() {
        assertThat(alertsAfter(Duration.ZERO)).isEmpty();
        assertThat(alertsAfter(Duration.ofDays(1))).containsExactly(KEY + "expires at 2026-01-09T00:00:00Z.");
        assertThat(alertsAfter(Duration.ofDays(1))).isEmpty();
        assertThat(alertsAfter(Duration.ofDays(5))).containsExactly(KEY + "expires at 2026-01-09T00:00:00Z.");
        assertThat(alertsAfter(Duration.ofDays(1))).containsExactly(KEY + "expired at 2026-01-09T00:00:00Z.");
        assertThat(alertsAfter(Duration.ofDays(1))).isEmpty();
    }

    @Test
    void shouldReportManyKeysInOneAlert() {
        StringBuilder clients = new StringBuilder("clients: { keys: [");
        for (int i = 0; i < 12; i++) {
            clients.append("{ key: k").append(i).append(", expires: 2026-01-02 }, ");
        }
        settings.change(TestSettings.of(clients + "] }"));

        assertThat(alertsAfter(Duration.ZERO)).singleElement().asString().endsWith("So do 2 more keys, which /admin/clients shows.");
    }

    @SuppressWarnings("unchecked")
    private List<Object> alertsAfter(Duration time) {
        clock.advance(time);
        watch.look();
        Queue<Exchange> queue = context.getRegistry().lookupByNameAndType("alertQueue", Queue.class);
        List<Object> messages = queue.stream().map(alert -> ((Map<String, Object>) alert.getMessage().getBody(Map.class)).get("message")).toList();
        queue.clear();
        return messages;
    }
}
