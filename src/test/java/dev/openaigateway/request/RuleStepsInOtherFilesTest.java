package dev.openaigateway.request;

import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.RecordedRequest;
import dev.openaigateway.support.Reply;
import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;

import static org.assertj.core.api.Assertions.assertThat;

/** Steps that change the request in the gateway's own route files. */
class RuleStepsInOtherFilesTest extends RuledGateway {

    private static final String CHAT = "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

    @Override
    void rules() {
        rule("rule", "- to: { uri: \"request:cap?max_tokens=10\" }");
        answer("two", """
                - loadBalance:
                    customLoadBalancer: { ref: failover }
                    steps:
                      - to: { uri: "instance:east" }
                      - to: { uri: "instance:west" }
                """);
        rule("early", "- log: { message: early }");
    }

    @Override
    void prepare(GatewayFolder folder) {
        insert(folder, "routes/gateway.camel.yaml", "        - to:\n            id: gateway-route", """
                - to:
                    id: gateway-tier
                    uri: request:set?service_tier=flex
                """.indent(8));
        insert(folder, "routes/gateway.camel.yaml", "        - process:\n            id: gateway-accept", """
                - choice:
                    id: gateway-early
                    when:
                      - expression: { simple: { expression: "${header.x-rule} == 'early'" } }
                        steps:
                          - setBody: { id: gateway-body, expression: { constant: { expression: "{}" } } }
                """.indent(8));
        insert(folder, "routes/instance.camel.yaml", "          - process:\n              id: instance-request", """
                - setBody: { id: instance-seed, expression: { jq: { expression: '.seed = 1' } } }
                """.indent(10));
        insert(folder, "routes/instance.camel.yaml", "          - to:\n              id: instance-send", """
                - setBody: { id: instance-n, expression: { jq: { expression: '.n = 2' } } }
                """.indent(10));
    }

    @Test
    void shouldSendWhatAllStepsHaveMadeOfTheRequest() {
        assertThat(sent("rule", CHAT)).isEqualTo("{\"max_tokens\":10,\"service_tier\":\"flex\",\"model\":\"gpt-4o\","
                + "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"seed\":1,\"n\":2}");
    }

    @Test
    void shouldChangeTheRequestOfEachAttemptAfresh() {
        east.enqueue(Reply.error(500, "boom", "boom"));
        int before = west.requests().size();

        assertThat(chat("two", CHAT).statusCode()).isEqualTo(200);

        RecordedRequest second = west.awaitRequests(before + 1).get(before);
        assertThat(second.text()).isEqualTo("{\"service_tier\":\"flex\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"seed\":1,\"n\":2}");
        assertThat(second.header("content-type")).startsWith("application/json");
    }

    @Test
    void shouldSayWhereABodyCannotBeSet() {
        HttpResponse<String> response = chat("early", CHAT);

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).contains("rule_error", "after the step 'gateway-read'");
    }
}
