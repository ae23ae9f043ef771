package dev.openaigateway.recipient;

import dev.openaigateway.support.CapturedLog;
import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.apache.camel.component.direct.DirectEndpoint;
import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;

import static org.assertj.core.api.Assertions.assertThat;

/** A rule sends to {@code direct:} where no route begins. */
@GatewayTest
class MissingRouteTest {

    private static final String RULES = """
            - route:
                id: routing
                from:
                  uri: direct:routing
                  steps:
                    - filter:
                        simple: "${header.x-team} != null"
                        steps:
                          - toD: "direct:h-${header.x-team}"
                          - stop: {}
                    - filter:
                        simple: "${header.x-instance} != null"
                        steps:
                          - toD: "direct:instance-${header.x-instance}"
                          - stop: {}
                    - to: direct:h
            - route:
                id: h-a
                from: { uri: "direct:h-a", steps: [ { to: "instance:east" } ] }
            - route:
                id: h
                precondition: "{{?helper}}"
                from: { uri: "direct:h", steps: [ { to: "instance:east" } ] }
            """;

    @Test
    void shouldFailAtOnceAndNameTheTarget() {
        try (CapturedLog log = new CapturedLog();
             ScriptedUpstream east = ScriptedUpstream.start();
             TestGateway gateway = TestGateway.builder().folder(GatewayFolder.copy().rules(RULES).path()).settings(
                     "instances:\n  - { name: east, provider_type: generic, api_key: k, api_base: \"" + east.uri() + "\" }\n").start()) {
            HttpResponse<String> dynamic = gateway.chat("gpt-4o", "x-team", "b {{x}}");
            HttpResponse<String> instance = gateway.chat("gpt-4o", "x-instance", "zz");
            HttpResponse<String> fixed = gateway.chat("gpt-4o");

            assertThat(dynamic.statusCode()).isEqualTo(500);
            assertThat(dynamic.body()).contains("rule_error", "'direct:h-b {{x}}', where no route begins");
            assertThat(instance.statusCode()).isEqualTo(500);
            assertThat(instance.body()).contains("rule_error", "'direct:instance-zz', where no route begins");
            assertThat(fixed.statusCode()).isEqualTo(500);
            assertThat(fixed.body()).contains("rule_error", "'direct:h', where no route begins");
            assertThat(log.linesWith("no route begins at 'direct:h'")).isNotEmpty();
            assertThat(log.linesWith("DirectConsumerNotAvailableException" + CapturedLog.STACK_TRACE)).isEmpty();
            assertThat(gateway.chat("gpt-4o", "x-team", "a").statusCode()).isEqualTo(200);
            assertThat(gateway.main().getCamelContext().getEndpoints()).filteredOn(DirectEndpoint.class::isInstance)
                    .filteredOn(each -> each.getEndpointUri().contains("direct://h") || each.getEndpointUri().contains("direct://instance-zz")).isNotEmpty()
                    .allSatisfy(each -> assertThat(((DirectEndpoint) each).isBlock()).as(each.getEndpointUri()).isFalse());
        }
    }
}
