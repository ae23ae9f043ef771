package dev.openaigateway.events;

import dev.openaigateway.support.CapturedLog;
import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** An event that a route of the operator's own file loses is counted, whatever the file says of failures. */
@GatewayTest
class LostEventsTest {

    private static final String EVENTS = """
            - beans: [ { name: secretError, type: dev.openaigateway.events.LostEventsTest$SecretError } ]
            - route:
                id: usage
                ROUTE
                from:
                  uri: seda:usage
                  parameters: { queue: "#bean:usageQueue", pollTimeout: 100 }
                  steps:
                    - STEP
            - route: { id: alert, from: { uri: "seda:alert", parameters: { queue: "#bean:alertQueue" }, steps: [ { stop: {} } ] } }
            - route:
                id: failing
                from: { uri: "direct:failing", steps: [ { throwException: { exceptionType: java.io.IOException, message: the-secret } } ] }
            - route:
                id: sink
                from: { uri: "seda:sink", steps: [ { to: { uri: "direct:failing" } } ] }
            - routeConfiguration:
                id: sinks
                onException:
                  - onException:
                      exception: [ java.lang.Exception ]
                      handled: { constant: "true" }
                      steps: [ { process: { ref: sinkFailureCounter } } ]
            - routeConfiguration:
                id: unhandled
                onException: [ { onException: { exception: [ java.lang.Exception ], steps: [ { process: { ref: sinkFailureCounter } } ] } } ]
            - routeConfiguration:
                id: other
                onException: [ { onException: { exception: [ java.lang.ArithmeticException ], handled: { constant: "true" } } } ]
            """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            description: none                                    | toD: { uri: "http://127.0.0.1:9/usage?agent=${body[user_agent]}&httpMethod=GET" } | usage
            description: none                                    | to: { uri: "http://127.0.0.1:9/usage?httpMethod=GET" }                            | usage
            description: none                                    | process: { ref: secretError }                                                     | usage
            description: none                                    | to: { uri: "direct:failing" }                                                     | usage
            description: none                                    | to: { uri: "seda:sink" }                                                          | sink
            description: none                                    | wireTap: { uri: "direct:failing" }                                                | usage
            description: none                                    | multicast: { steps: [ { to: { uri: "direct:failing" } } ] }                       | usage
            description: none                                    | aggregate: { correlationExpression: { constant: a }, completionSize: 2, aggregationStrategy: "#class:org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy", steps: [ { to: { uri: "direct:failing" } } ] } | usage
            errorHandler: { noErrorHandler: {} }                 | to: { uri: "direct:failing" }                                                     | usage
            errorHandler: { defaultErrorHandler: { redeliveryPolicy: { maximumRedeliveries: 1, redeliveryDelay: 1 } } } | to: { uri: "direct:failing" } | usage
            routeConfigurationId: sinks                          | to: { uri: "direct:failing" }                                                     | usage
            routeConfigurationId: unhandled                      | to: { uri: "direct:failing" }                                                     | usage
            routeConfigurationId: other                          | wireTap: { uri: "direct:failing" }                                                | usage
            """)
    void shouldCountAndLogEachLostEvent(String route, String step, String lostBy) {
        try (ScriptedUpstream east = ScriptedUpstream.start(); CapturedLog log = new CapturedLog();
             TestGateway gateway = TestGateway.builder()
                     .folder(GatewayFolder.copy().write("routes/events.camel.yaml", EVENTS.replace("ROUTE", route).replace("STEP", step)).path())
                     .settings("instances: [ { name: east, provider_type: generic, api_key: k, api_base: \"%s\" } ]".formatted(east.uri())).start()) {
            gateway.chat("gpt-4o", "User-Agent", "{{secret.word}}");
            gateway.chat("gpt-4o", "User-Agent", "{{secret.word}}");

            Eventually.holds("both are lost", () -> gateway.metric("gateway_events_failed_total") == 2);
            assertThat(log.linesWith("could not deliver an event")).singleElement().asString().contains("Route '" + lostBy + "'");
            assertThat(log.linesWith("the-secret")).isEmpty();
            assertThat(log.linesWith(CapturedLog.STACK_TRACE)).isEmpty();
        }
    }

    /** Code of the operator that fails with an error and not with an exception. */
    public static final class SecretError implements org.apache.camel.Processor {
        @Override
        public void process(org.apache.camel.Exchange exchange) {
            throw new NoClassDefFoundError("the-secret");
        }
    }
}
