package dev.openaigateway.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.openaigateway.support.CapturedLog;
import dev.openaigateway.support.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpResponse;

import static org.assertj.core.api.Assertions.assertThat;

/** Rules that answer in place of an instance, and rules that fail. */
class AnsweringRuleTest extends RuledGateway {

    private static final String CHAT = "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

    @Override
    void rules() {
        answer("reject", "- to: { uri: \"reject:429\", parameters: { message: \"Team ${header.x-team} is over its quota.\", code: quota, retryAfter: 30 } }");
        answer("reject-short", "- to: { uri: \"reject:403?message=No access\" }");
        answer("reject-full", "- to: { uri: \"reject:422\", parameters: { message: m, type: t, param: p, code: c } }");
        answer("reject-default", "- to: { uri: \"reject:503\" }");
        rule("throttled", """
                - throttle:
                    id: per-team
                    expression: { constant: { expression: 1 } }
                    correlationExpression: { header: { expression: x-team } }
                    timePeriodMillis: "60000"
                    rejectExecution: true
                """);
        rule("validated", "- validate: { id: only-small, expression: { simple: { expression: '${exchangeProperty.size} < 10' } } }");
        answer("throw-argument", "- throwException: { exceptionType: java.lang.IllegalArgumentException, message: 'No ${exchangeProperty.model} here.' }");
        answer("throw-security", "- throwException: { exceptionType: java.lang.SecurityException, message: 'Not for you.' }");
        answer("throw-other", "- throwException: { exceptionType: java.lang.IllegalStateException, message: 'The quota service is down.' }");
        rule("fails", "- setBody: { id: bad-jq, expression: { jq: { expression: '.messages | error(\"secret-detail\")' } } }");
        answer("own", """
                - setHeader: { name: CamelHttpResponseCode, expression: { constant: { expression: 402 } } }
                - setHeader: { name: Content-Type, expression: { constant: { expression: "text/plain; charset=utf-8" } } }
                - setBody: { expression: { constant: { expression: 'Pay, bitte: 5 €' } } }
                """);
        answer("own-json", """
                - setBody: { expression: { jq: { expression: '{id: "x", object: "chat.completion", choices: []}' } } }
                - stop: {}
                """);
        answer("status-only", "- setHeader: { name: CamelHttpResponseCode, expression: { constant: { expression: 403 } } }");
        answer("nothing", "- log: { message: \"nothing\" }");
        answer("only-changed", "- to: { uri: \"request:cap?max_tokens=10\" }");
        answer("stopped", """
                - to: { uri: "instance:east" }
                - stop: {}
                """);
    }

    @Test
    void shouldRejectInOneStep() throws Exception {
        HttpResponse<String> response = send("reject", "/v1/chat/completions", CHAT, "x-team", "blue");

        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(response.headers().firstValue("retry-after")).hasValue("30");
        assertThat(error(response)).isEqualTo(new ObjectMapper().readTree(
                "{\"message\":\"Team blue is over its quota.\",\"type\":\"requests\",\"param\":null,\"code\":\"quota\"}"));
    }

    @ParameterizedTest
    @CsvSource({
        "reject-short, 403, No access, invalid_request_error, rejected_by_rule",
        "reject-full, 422, m, t, c",
        "reject-default, 503, The request was refused by a rule of the gateway., server_error, rejected_by_rule",
        "validated, 400, The request does not meet a condition of the gateway's rules (step 'only-small')., invalid_request_error, rejected_by_rule",
        "throw-argument, 400, No gpt-4o here., invalid_request_error, rejected_by_rule",
        "throw-security, 403, Not for you., invalid_request_error, rejected_by_rule",
        "throw-other, 500, The quota service is down., server_error, rule_error"})
    void shouldAnswerWithAnErrorObject(String rule, int status, String message, String type, String code) throws Exception {
        HttpResponse<String> response = chat(rule, CHAT);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        JsonNode error = error(response);
        assertThat(error.at("/message").asText()).isEqualTo(message);
        assertThat(error.at("/type").asText()).isEqualTo(type);
        assertThat(error.at("/code").asText()).isEqualTo(code);
    }

    @Test
    void shouldRefuseWhatAThrottleDoesNotAdmit() throws Exception {
        assertThat(send("throttled", "/v1/chat/completions", CHAT, "x-team", "a").statusCode()).isEqualTo(200);
        assertThat(send("throttled", "/v1/chat/completions", CHAT, "x-team", "b").statusCode()).isEqualTo(200);

        HttpResponse<String> refused = send("throttled", "/v1/chat/completions", CHAT, "x-team", "a");

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("retry-after")).hasValue("60");
        assertThat(error(refused).at("/code").asText()).isEqualTo("rate_limit_exceeded");
    }

    @Test
    void shouldNotTellTheClientHowARuleFailed() throws Exception {
        HttpResponse<String> response = chat("fails", CHAT);

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(error(response).at("/code").asText()).isEqualTo("rule_error");
        assertThat(error(response).at("/message").asText()).contains("step 'bad-jq'").doesNotContain("secret-detail");
    }

    @Test
    void shouldRelayTheRulesOwnAnswer() {
        HttpResponse<String> response = chat("own", CHAT);

        assertThat(response.statusCode()).isEqualTo(402);
        assertThat(response.body()).isEqualTo("Pay, bitte: 5 €");
        assertThat(response.headers().firstValue("content-type")).hasValue("text/plain; charset=utf-8");
        assertThat(response.headers().firstValue("x-gateway-attempts")).hasValue("0");

        HttpResponse<String> json = chat("own-json", CHAT);
        assertThat(json.statusCode()).isEqualTo(200);
        assertThat(json.body()).isEqualTo("{\"id\":\"x\",\"object\":\"chat.completion\",\"choices\":[]}");
        assertThat(json.headers().firstValue("content-type")).hasValue("application/json");
    }

    @Test
    void shouldGiveAnErrorObjectToAStatusWithoutABody() throws Exception {
        HttpResponse<String> response = chat("status-only", CHAT);

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(error(response).at("/code").asText()).isEqualTo("rejected_by_rule");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing", "only-changed"})
    void shouldFailIfARuleNeitherAnswersNorCallsAnInstance(String rule) throws Exception {
        HttpResponse<String> response = chat(rule, CHAT);

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(error(response).at("/code").asText()).isEqualTo("rule_error");
        assertThat(error(response).at("/message").asText()).contains("neither");
    }

    @ParameterizedTest
    @CsvSource({"reject, 429, quota", "throttled, 200, ", "validated, 400, rejected_by_rule", "throw-other, 500, rule_error", "fails, 500, rule_error",
        "own, 402, status_402", "own-json, 200, ", "nothing, 500, rule_error", "stopped, 200, "})
    void shouldRecordTheStatusInOneLineWithoutAStackTrace(String rule, int status, String error) {
        try (CapturedLog log = new CapturedLog()) {
            east.enqueue(Reply.chat("Hi"));
            HttpResponse<String> response = send(rule, "/v1/chat/completions", CHAT, "x-team", "of-" + rule);

            assertThat(response.statusCode()).isEqualTo(status);
            assertThat(log.accessLine(response)).contains(" status=" + status + " ").contains(error == null ? " stream=" : " error=" + error + " ");
            assertThat(log.linesWith(CapturedLog.STACK_TRACE)).isEmpty();
        }
    }

    private static JsonNode error(HttpResponse<String> response) throws Exception {
        return new ObjectMapper().readTree(response.body()).get("error");
    }
}
