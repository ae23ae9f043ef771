package dev.openaigateway.request;

import dev.openaigateway.support.RecordedRequest;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpResponse;

import static org.assertj.core.api.Assertions.assertThat;

/** Rules that ask another service over HTTP before they send the request on. */
class QuotaServiceTest extends RuledGateway {

    private static final String CHAT = "{\"model\":\"gpt-4o\" , \"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

    private final ScriptedUpstream quota = ScriptedUpstream.start();

    @Override
    void rules() {
        rule("variable", asking("- to: { uri: \"%s/check\", variableReceive: quota, parameters: { httpMethod: GET, throwExceptionOnFailure: false } }")
                + """
                - choice:
                    when:
                      - expression: { simple: { expression: "${variable.header:quota.CamelHttpResponseCode} != 200" } }
                        steps:
                          - to: { uri: "reject:429", parameters: { message: "${variable.quota}" } }
                """);
        rule("dynamic", asking("- toD: { uri: \"%s/check?team=${header.x-team}\", variableReceive: quota }"));
        rule("enrich", """
                - enrich:
                    expression: { simple: { expression: "%s/check" } }
                    variableReceive: quota
                """.formatted(quota.uri()));
        rule("tap", asking("- wireTap: { uri: \"%s/check\" }"));
        rule("replaced", asking("- to: { uri: \"%s/check\" }"));
        rule("refused", asking("- to: { id: ask, uri: \"%s/check\", variableReceive: quota }"));
    }

    private String asking(String step) {
        return step.formatted(quota.uri()) + "\n";
    }

    @BeforeEach
    void allow() {
        quota.respond(Reply.json(200, "{\"allowed\":true}"));
    }

    @AfterAll
    void stopQuota() {
        quota.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"variable", "dynamic", "enrich", "tap"})
    void shouldSendTheRequestOn(String rule) {
        int before = quota.requests().size();

        RecordedRequest request = sent(rule, "/v1/chat/completions?a=b", CHAT);

        assertThat(request.text()).isEqualTo(CHAT);
        assertThat(request.target()).isEqualTo("/v1/chat/completions?a=b");
        RecordedRequest asked = quota.awaitRequests(before + 1).get(before);
        assertThat(asked.path()).isEqualTo("/check");
        assertThat(asked.target()).doesNotContain("a=b");
        assertThat(asked.header("authorization")).isNull();
        assertThat(asked.method()).isEqualTo(rule.equals("variable") || rule.equals("dynamic") ? "GET" : "POST");
    }

    @Test
    void shouldRefuseWhenTheServiceSaysNo() {
        quota.respond(Reply.json(403, "\"No more.\""));

        HttpResponse<String> response = chat("variable", CHAT);

        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(response.body()).contains("No more.");
    }

    @Test
    void shouldSayThatTheAnswerHasReplacedTheRequest() {
        int before = east.requests().size();

        HttpResponse<String> response = chat("replaced", CHAT);

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).contains("rule_error", "no 'messages'", "variableReceive");
        assertThat(east.requests()).hasSize(before);
    }

    @Test
    void shouldNameTheStepWhoseServiceFails() {
        quota.respond(Reply.json(500, "{}"));

        HttpResponse<String> response = chat("refused", CHAT);

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).contains("rule_error", "step 'ask' of route 'routing' (routing.camel.yaml:").doesNotContain("127.0.0.1");
    }
}
