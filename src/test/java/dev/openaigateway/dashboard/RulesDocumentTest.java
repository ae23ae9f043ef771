package dev.openaigateway.dashboard;

import dev.openaigateway.openai.Json;
import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.TestClock;
import org.apache.camel.model.RouteDefinition;
import org.junit.jupiter.api.Test;

import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

import static org.assertj.core.api.Assertions.assertThat;

class RulesDocumentTest {

    private final AtomicReference<List<RouteDefinition>> active = new AtomicReference<>(List.of());
    private final CountDownLatch making = new CountDownLatch(1);
    private final CountDownLatch changed = new CountDownLatch(1);
    private final TestClock clock = new TestClock();

    /** The document takes long to make for many rules, and the rules may change meanwhile. */
    @Test
    void shouldShowNewRulesAtOnceAlthoughTheFormerAreBeingShown() throws Exception {
        InstantSource held = () -> {
            making.countDown();
            await(changed);
            return clock.instant();
        };
        RulesDocument document = new RulesDocument(active::get, new RuleTraffic(held), clock);
        AtomicReference<Object> shown = new AtomicReference<>();
        Thread first = new Thread(() -> document.show(null));
        Thread second = new Thread(() -> shown.set(document.show(null)));
        first.start();
        await(making);
        active.set(List.of(new RouteDefinition("direct:routing").routeId("new-rules")));
        second.start();
        Eventually.holds("the second viewer waits for the document", () -> second.getState() == Thread.State.WAITING);

        changed.countDown();
        first.join();
        second.join();

        assertThat(Json.MAPPER.writeValueAsString(shown.get())).contains("new-rules");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
