package dev.openaigateway.routing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.OneRoute;
import dev.openaigateway.support.Reply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;

import static org.assertj.core.api.Assertions.assertThat;

/** The header that tells which rule chose the instances, and how each attempt ended. */
@GatewayTest
class TraceTest {

    private static final String RULES = OneRoute.of("""
            - choice:
                when:
                  - id: cheap
                    expression:
                      simple:
                        expression: "${header.x-team} == 'cheap'"
                    steps:
                      - loadBalance:
                          customLoadBalancer:
                            ref: failover
                          steps:
                            - to:
                                uri: instance:*
                  - expression:
                      simple:
                        expression: "${header.x-team} == 'helper'"
                    steps:
                      - to:
                          uri: direct:helper
                  - expression:
                      simple:
                        expression: "${header.x-team} == 'broken'"
                    steps:
                      - throwException:
                          exceptionType: java.lang.IllegalStateException
                          message: no
                otherwise:
                  steps:
                    - to:
                        uri: instance:third
            """) + """
            - route:
                id: helper
                routeConfigurationId: errors
                from:
                  uri: direct:helper
                  steps:
                    - wireTap:
                        uri: instance:second
                    - to:
                        id: to-third
                        uri: instance:third
            """;

    private static Upstreams upstreams;

    @BeforeAll
    static void start() {
        upstreams = new Upstreams("routing: { trace_header: true }",
                builder -> builder.folder(GatewayFolder.copy().rules(RULES).path()));
    }

    @AfterAll
    static void stop() {
        upstreams.close();
    }

    @Test
    void shouldTellEachAttempt() {
        upstreams.first.enqueue(Reply.error(500, "boom", "boom"));

        assertThat(trace(upstreams.gateway.chat("gpt-4o", "x-team", "cheap")))
                .matches("rule=routing/cheap; first=500 \\(\\d+ ms\\); second=200 \\(\\d+ ms\\)");
    }

    @Test
    void shouldTellTheAttemptsBeforeAStream() {
        upstreams.first.enqueue(Reply.error(503, "boom", "boom"));
        upstreams.second.enqueue(Reply.chatStream("Good", " day"));

        HttpResponse<String> response = upstreams.gateway.post("/v1/chat/completions",
                "{\"model\":\"gpt-4o\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Hello!\"}]}", "x-team", "cheap");

        assertThat(response.body()).endsWith("data: [DONE]\n\n");
        assertThat(trace(response)).matches("rule=routing/cheap; first=503 \\(\\d+ ms\\); second=200");
    }

    @Test
    void shouldTellTheAttemptsOfARefusal() {
        upstreams.first.enqueue(Reply.error(400, "bad", "bad"));

        assertThat(trace(upstreams.gateway.chat("gpt-4o", "x-team", "cheap"))).matches("rule=routing/cheap; first=400 \\(\\d+ ms\\)");
    }

    @Test
    void shouldNameTheRouteAndTheStepOfAHelperAndOmitMirrors() {
        assertThat(trace(upstreams.gateway.chat("gpt-4o", "x-team", "helper"))).matches("rule=helper/to-third; third=200 \\(\\d+ ms\\)");
    }

    @Test
    void shouldNameTheLineOfAStepWithoutAnId() {
        assertThat(trace(upstreams.chat())).matches("rule=routing:\\d+; third=200 \\(\\d+ ms\\)");
    }

    @Test
    void shouldNameTheLineOfARuleThatFails() {
        assertThat(trace(upstreams.gateway.chat("gpt-4o", "x-team", "broken"))).isEqualTo("rule=routing:30");
    }

    @Test
    void shouldNameTheRuleOfTheExplanation() throws JsonProcessingException {
        String explained = upstreams.gateway.get("/admin/route?model=gpt-4o&header.x-team=cheap").body();

        assertThat(new ObjectMapper().readTree(explained).at("/rule").asText()).isEqualTo("routing/cheap");
    }

    private static String trace(HttpResponse<String> response) {
        return response.headers().firstValue("x-gateway-trace").orElse("none");
    }
}
