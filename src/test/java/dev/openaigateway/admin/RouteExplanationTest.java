package dev.openaigateway.admin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.Test;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

class RouteExplanationTest extends OperatedGateway {

    @Override
    TestGateway.Builder configured(TestGateway.Builder builder) {
        return builder.folder(GatewayFolder.copy().rules("""
                - route:
                    id: routing
                    routeConfigurationId: errors
                    from:
                      uri: direct:routing
                      steps:
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
                                    expression: "${exchangeProperty.client} == 'broken'"
                                steps:
                                  - throwException:
                                      exceptionType: java.lang.IllegalStateException
                                      message: a rule that fails
                            otherwise:
                              steps:
                                - loadBalance:
                                    customLoadBalancer:
                                      ref: configured
                                    steps:
                                      - to:
                                          uri: instance:*
                """).path());
    }

    @Test
    void shouldListCandidatesInTheOrderOfAsking() {
        JsonNode route = document("/admin/route?model=gpt-4o&stream=true");

        assertThat(route).isEqualTo(json("""
                {"model": "gpt-4o", "stream": true, "policy": "Failover (configured)", "candidates": [
                  {"instance": "east", "position": 1, "priority": 1, "weight": 100, "why": "goes first"},
                  {"instance": "west", "position": 2, "priority": 2, "weight": 50, "why": "asked if those before it fail"}]}"""));
        assertThat(east.requests()).isEmpty();
    }

    @Test
    void shouldSayWhoIsLeftAlone() {
        bench(Duration.ofSeconds(20));

        assertThat(why("east", "gpt-4o")).isEqualTo("left alone for another 20000 ms");
    }

    @Test
    void shouldSayWhoseBreakerIsOpen() {
        east.answer(Reply.error(500, "boom", "out of order"));
        for (int i = 0; i < 5; i++) {
            gateway.chat("gpt-4o");
        }

        assertThat(why("east", "gpt-4o")).startsWith("its breaker is open for another");
    }

    @Test
    void shouldSayWhoIsDisabledAndWhoDoesNotServeTheModel() {
        gateway.put("/admin/instances/east/config", "{\"enabled\": false}");

        assertThat(why("east", "gpt-4o")).isEqualTo("disabled in the settings");
        assertThat(why("west", "gpt-9")).isEqualTo("does not serve the model");
    }

    @Test
    void shouldFollowTheRuleThatAHeaderChooses() {
        JsonNode route = json(gateway.get("/admin/route?model=gpt-4o", "x-team", "research"), 200);

        assertThat(route.at("/policy").asText()).isEqualTo("Weighted");
        assertThat(route.at("/candidates")).isEqualTo(json(
                "[{\"instance\": \"west\", \"position\": 1, \"priority\": 2, \"weight\": 3, \"why\": \"goes first\"}]"));
        assertThat(instance(gateway.chat("gpt-4o", "x-team", "research"))).isEqualTo("west");
    }

    @Test
    void shouldFailWhereARuleFails() {
        assertThat(gateway.get("/admin/route?model=gpt-4o&client=broken").statusCode()).isEqualTo(500);
    }

    @Test
    void shouldWantAModel() {
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
