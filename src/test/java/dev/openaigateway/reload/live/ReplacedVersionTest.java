package dev.openaigateway.reload.live;

import dev.openaigateway.support.CapturedLog;
import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.Gate;
import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.OneRoute;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestClock;
import dev.openaigateway.support.TestGateway;
import org.apache.camel.Processor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;

/** Events and copies are in a version that is replaced. No client waits for them, so they may take longer than any request. */
@GatewayTest
class ReplacedVersionTest {

    private static final String COPY = OneRoute.of("- wireTap: { uri: \"direct:mirror\" }\n- to: { uri: \"instance:east\" }\n") + """
            - route:
                id: mirror
                from:
                  uri: direct:mirror
                  steps:
                    - process: { ref: slow }
                    - to: { uri: "bean:deliver" }
            """;
    private static final String EVENTS = """
            - route:
                id: usage
                from:
                  uri: seda:usage
                  parameters: { queue: "#bean:usageQueue" }
                  steps:
            """;

    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private final TestClock clock = new TestClock();
    private final Gate gate = new Gate();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicInteger delivered = new AtomicInteger();
    private final GatewayFolder folder = GatewayFolder.copy();
    private TestGateway gateway;

    @BeforeEach
    void startGateway() {
        folder.rules(OneRoute.to("instance:east"));
        gateway = TestGateway.builder().folder(folder.path()).clock(clock).settings("""
                admin: { watch_files: false }
                instances: [ { name: east, provider_type: generic, api_key: k, api_base: "%s" } ]
                """.formatted(upstream.uri())).bean("slow", (Processor) exchange -> {
            waiting.incrementAndGet();
            gate.pass();
        }).bean("deliver", (Processor) exchange -> delivered.incrementAndGet()).start();
    }

    @AfterEach
    void stopGateway() {
        gate.open();
        gateway.close();
        upstream.close();
    }

    private void reload(String file, String text) {
        folder.write("routes/" + file, text);
        assertThat(gateway.post("/config/reload", "").body()).contains("new rules");
    }

    /** Replaces the version that has the exchange, and lets this time pass. */
    private void replace(String file, String text, Duration passed) {
        reload(file, text + "\n# Changed.\n");
        clock.advance(passed);
        assertThat(gateway.post("/config/reload", "").statusCode()).isEqualTo(200);
    }

    private void awaitDelivery() {
        gate.open();
        Eventually.holds("the steps after the slow one have run", () -> delivered.get() == 1);
    }

    @Test
    void shouldEndACopyThatTakesLongerThanItsRequest() {
        reload("routing.camel.yaml", COPY);
        assertThat(gateway.chat("gpt-4o").statusCode()).isEqualTo(200);
        Eventually.holds("the copy waits", () -> waiting.get() == 1);

        replace("routing.camel.yaml", COPY, Duration.ofHours(23));

        awaitDelivery();
    }

    @Test
    void shouldDeliverAnEventThatItsSinkHoldsForLong() {
        String events = EVENTS + "        - process: { ref: slow }\n        - to: { uri: \"bean:deliver\" }\n";
        reload("events.camel.yaml", events);
        assertThat(gateway.chat("gpt-4o").statusCode()).isEqualTo(200);
        Eventually.holds("the event waits", () -> waiting.get() == 1);

        replace("events.camel.yaml", events, Duration.ofMinutes(90));

        awaitDelivery();
    }

    @Test
    void shouldDeliverABatchThatIsNotComplete() {
        String events = EVENTS + """
                        - aggregate:
                            correlationExpression: { constant: all }
                            aggregationStrategy: "#class:org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy"
                            completionTimeout: "5000"
                            completionTimeoutCheckerInterval: "100"
                            steps: [ { to: { uri: "bean:deliver" } } ]
                """;
        reload("events.camel.yaml", events);
        assertThat(gateway.chat("gpt-4o").statusCode()).isEqualTo(200);

        replace("events.camel.yaml", events, Duration.ofMinutes(90));

        awaitDelivery();
    }

    @Test
    void shouldSayWhatIsDroppedWhenAnExchangeDoesNotEnd() {
        reload("routing.camel.yaml", COPY);
        assertThat(gateway.chat("gpt-4o").statusCode()).isEqualTo(200);
        Eventually.holds("the copy waits", () -> waiting.get() == 1);
        try (CapturedLog log = new CapturedLog()) {
            replace("routing.camel.yaml", COPY, Duration.ofHours(24));

            assertThat(log.linesWith("dropped")).singleElement().asString().contains("24 hours", "{mirror=1, routing=1}");
        }
    }
}
