package dev.openaigateway.admin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.OneRoute;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

class RouteExplanationTest extends OperatedGateway {

    @Override
    TestGateway.Builder configured(TestGateway.Builder builder) {
        return builder.folder(GatewayFolder.copy().rules(OneRoute.of("""
                - choice:
                    when:
                      - expression:
                          simple:
                            expression: "${header.x-team} == 'research'"
                        steps:
                          - loadBalance:
                              customLoadBalancer:
                                ref: weighted
                              steps:
                                - to:
                                    uri: instance:west
                                    parameters:
                                      weight: 3
                      - expression:
                          simple:
                            expression: "${header.x-client} == 'mirrored'"
                        steps:
                          - wireTap:
                              uri: instance:west
                          - to:
                              uri: instance:east
                      - expression:
                          simple:
                            expression: "${header.x-client} == 'broken'"
                        steps:
                          - throwException:
                              exceptionType: java.lang.IllegalStateException
                              message: a rule that fails
                      - expression:
                          simple:
                            expression: "${header.x-client} == 'wrong-status'"
                        steps:
                          - setHeader: { name: CamelHttpResponseCode, expression: { simple: { expression: "${header.x-status}" } } }
                    otherwise:
                      steps:
                        - loadBalance:
                            customLoadBalancer:
                              ref: configured
                            steps:
                              - to:
                                  uri: instance:*
                """)).path());
    }

    @Test
    void shouldListCandidatesInTheOrderOfCalls() {
        JsonNode route = document("/admin/route?model=gpt-4o&stream=true");

        assertThat(route).isEqualTo(json("""
                {"model": "gpt-4o", "stream": true, "operation": "chat/completions", "client": "anonymous", "rule": "routing:43",
                 "policy": "failover",
                 "mirrors": [], "calls": [], "answer": null, "notes": [], "steps": [
                  {"at": "routing.camel.yaml:7", "route": "routing", "step": "choice"},
                  {"at": "routing.camel.yaml:43", "route": "routing", "step": "loadBalance", "detail": "configured",
                      "branch": "otherwise (line 41)"}],
                 "candidates": [
                  {"instance": "east", "position": 1, "priority": 1, "weight": 100,
                      "why": "goes first (priority 1); 240000 of its 240000 tokens per minute are left"},
                  {"instance": "west", "position": 2, "priority": 2, "weight": 50, 
                      "why": "called if those before it fail (priority 2)"}]}"""));
        assertThat(east.requests()).isEmpty();
    }

    @Test
    void shouldNotAdvanceARotation() {
        strategy("round_robin");
        String next = document("/admin/route?model=gpt-4o").at("/candidates/0/instance").asText();

        assertThat(instance(gateway.chat("gpt-4o"))).isEqualTo(next);
        assertThat(document("/admin/route?model=gpt-4o").at("/candidates/0/instance").asText()).isNotEqualTo(next);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "failover       | goes first (priority 1)",
        "priority       | goes first (priority 1, ties take turns)",
        "round_robin    | goes first (all take turns)",
        "weighted       | goes first (weight 100 of 150)",
        "least_loaded   | goes first (0 % of its fullest limit in use, 0 running, priority 1)",
        "least_busy     | goes first (0 in flight, weight 100, priority 1, ties take turns)",
        "fastest        | goes first (no time to the first content yet)",
        "sticky         | goes first (no key; weight 100 of 150)",
        "model_specific | goes first (lists the model, priority 1, ties take turns)",
        "composite      | goes first (score 0.000, priority 1)"})
    void shouldReportThePolicysReason(String strategy, String reason) {
        strategy(strategy);

        assertThat(why("east", "gpt-4o")).startsWith(reason);
    }

    @Test
    void shouldReportRemainingTokensAndTheLongestPrompt() {
        east.respond(Reply.chat("Hi", 30_000, 30_000));
        gateway.chat("gpt-4o");
        Eventually.holds("the tokens are settled", () -> gateway.metric("gateway_reservations_open") == 0);
        strategy("least_loaded");
        gateway.put("/admin/instances/east/config", "{\"max_input_tokens\": 1000}");

        assertThat(why("east", "gpt-4o")).isEqualTo("called if those before it fail (25 % of its fullest limit in use, 0 running, priority 1);"
                + " 180000 of its 240000 tokens per minute are left; accepts prompts of up to 1000 tokens");
    }

    @Test
    void shouldReportWhichInstanceExceedsTheAttempts() {
        change("routing: { strategy: failover, retries: 0 }");

        assertThat(why("west", "gpt-4o")).isEqualTo(
                "called only if one before it has no room, since attempts are limited to 1 (priority 2)");
    }

    private void strategy(String name) {
        change("routing: { strategy: " + name + " }");
    }

    private void change(String routing) {
        try {
            Files.writeString(gateway.settingsFile(), routing + "\n" + settings());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(gateway.post("/config/reload", "").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldReportWhichInstanceIsBenched() {
        bench(Duration.ofSeconds(20));

        assertThat(why("east", "gpt-4o")).isEqualTo("benched for another 20000 ms");
    }

    @Test
    void shouldReportAnOpenBreaker() {
        east.respond(Reply.error(500, "boom", "out of order"));
        for (int i = 0; i < 5; i++) {
            gateway.chat("gpt-4o");
        }

        assertThat(why("east", "gpt-4o")).startsWith("its breaker is open for another");
    }

    @Test
    void shouldReportDisabledInstancesAndUnservedModels() {
        gateway.put("/admin/instances/east/config", "{\"enabled\": false}");

        assertThat(why("east", "gpt-4o")).isEqualTo("disabled in the settings");
        assertThat(why("west", "gpt-9")).isEqualTo("does not serve the model");
    }

    @Test
    void shouldFollowTheRuleThatAHeaderSelects() {
        JsonNode route = json(gateway.get("/admin/route?model=gpt-4o", "x-team", "research"), 200);

        assertThat(route.at("/policy").asText()).isEqualTo("weighted");
        assertThat(route.at("/candidates")).isEqualTo(json(
                "[{\"instance\": \"west\", \"position\": 1, \"priority\": 2, \"weight\": 3, \"why\": \"goes first (weight 3 of 3)\"}]"));
        assertThat(instance(gateway.chat("gpt-4o", "x-team", "research"))).isEqualTo("west");
    }

    @Test
    void shouldShowMirrorsApartFromCandidates() {
        for (int i = 0; i < 50; i++) {
            JsonNode route = document("/admin/route?model=gpt-4o&header.x-client=mirrored");

            assertThat(route.at("/candidates")).hasSize(1);
            assertThat(route.at("/candidates/0/instance").asText()).isEqualTo("east");
            assertThat(route.at("/mirrors/0/candidates/0/instance").asText()).isEqualTo("west");
        }
        assertThat(west.requests()).isEmpty();
    }

    @Test
    void shouldShowTheAnswerIfARuleFails() {
        assertThat(document("/admin/route?model=gpt-4o&header.x-client=broken").at("/answer/status").asInt()).isEqualTo(500);
    }

    @Test
    void shouldShowTheAnswerIfTheStatusOfARuleIsNone() {
        JsonNode answer = document("/admin/route?model=gpt-4o&header.x-client=wrong-status&header.x-status=soon").at("/answer");

        assertThat(answer.at("/status").asInt()).isEqualTo(500);
        assertThat(answer.at("/body/error/message").asText()).contains("status 'soon'");
        assertThat(document("/admin/route?model=gpt-4o&header.x-client=wrong-status&header.x-status=410").at("/answer/status").asInt()).isEqualTo(410);
    }

    @Test
    void shouldRequireAModel() {
        assertThat(json(gateway.get("/admin/route"), 400).at("/error/param").asText()).isEqualTo("model");
    }

    private String why(String instance, String model) {
        for (JsonNode row : document("/admin/route?model=" + model).at("/candidates")) {
            if (row.at("/instance").asText().equals(instance)) {
                return row.at("/why").asText();
            }
        }
        return "not a candidate";
    }
}
