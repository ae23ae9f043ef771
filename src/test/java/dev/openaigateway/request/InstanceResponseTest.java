package dev.openaigateway.request;

import dev.openaigateway.support.CapturedLog;
import dev.openaigateway.support.Reply;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpResponse;

import static org.assertj.core.api.Assertions.assertThat;

/** What a rule does with the whole response of an instance. */
class InstanceResponseTest extends RuledGateway {

    private static final String CHAT = "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
    private static final String TO_EAST = "- to: { uri: \"instance:east\" }\n";

    @Override
    void rules() {
        after("log", "- log: { message: \"${body}\" }");
        after("contains", guard("simple: { expression: \"${body} contains 'sécret'\" }"));
        after("regex", guard("simple: { expression: \"${body} regex '(?s).*sécret.*'\" }"));
        after("asked-jq", guard("jq: { expression: '.choices[0].message.content | contains(\"sécret\")' }"));
        after("asked-jsonpath", guard("jsonpath: { expression: '$.choices[?(@.message.content =~ /.*sécret.*/)]', suppressExceptions: \"true\" }"));
        after("method", guard("simple: { expression: \"${body.contains('sécret')}\" }"));
        after("groovy", guard("groovy: { expression: \"body.contains('sécret')\" }"));
        answer("variable", """
                - to: { uri: "instance:east", variableReceive: verdict }
                - filter:
                    simple: { expression: "${variable.verdict} contains 'sécret'" }
                    steps:
                      - to: { uri: "reject:422" }
                - to: { uri: "instance:west" }
                """);
        after("jq", "- setBody: { jq: { expression: '.choices[0].message.content |= ascii_upcase' } }");
        after("replace", "- setBody: { simple: { expression: \"${body.replaceAll('a', 'b')}\" } }");
        after("map", "- setBody: { jsonpath: { expression: \"$.choices[0].message\" } }");
        after("number", "- setBody: { jsonpath: { expression: \"$.usage.total_tokens\" } }");
        after("blocked", """
                - setHeader: { name: CamelHttpResponseCode, constant: { expression: 451 } }
                - setBody: { constant: { expression: "Not for you." } }
                """);
        after("status-only", "- setHeader: { name: CamelHttpResponseCode, constant: { expression: 451 } }");
        after("no-status", "- setHeader: { name: CamelHttpResponseCode, constant: { expression: \"so-so\" } }");
        after("header", "- setHeader: { name: x-bank-model, simple: { expression: \"${exchangeProperty.model}\" } }");
        after("headers", """
                - setHeaders:
                    headers:
                      - { name: x-gateway-instance, constant: { expression: other } }
                      - { name: x-gateway-secret, constant: { expression: other } }
                      - { name: X-Request-Id, constant: { expression: other } }
                      - { name: content-length, constant: { expression: "3" } }
                      - { name: Transfer-Encoding, constant: { expression: identity } }
                      - { name: connection, constant: { expression: close } }
                      - { name: set-cookie, constant: { expression: a=b } }
                      - { name: x-lines, constant: { expression: "one\\r\\nx-injected: yes" } }
                - setHeader: { name: "no name", constant: { expression: other } }
                - setProperty: { name: done, groovy: { expression: "exchange.message.setHeader('x-of-script', 'yes')" } }
                """);
    }

    private void after(String name, String steps) {
        answer(name, TO_EAST + steps);
    }

    private static String guard(String condition) {
        return """
                - filter:
                    %s
                    steps:
                      - to: { uri: "reject:422" }
                """.formatted(condition);
    }

    @BeforeEach
    void reply() {
        east.enqueue(Reply.chat("a sécret"));
    }

    @Test
    void shouldPassAResponseThatARuleOnlyReads() {
        HttpResponse<String> response = chat("log", CHAT);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(chat("none", CHAT).body().replace("Hello", "a sécret"));
        assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"contains", "regex", "asked-jq", "asked-jsonpath", "method", "groovy", "variable"})
    void shouldAskAboutTheText(String rule) {
        try (CapturedLog log = new CapturedLog()) {
            HttpResponse<String> refused = chat(rule, CHAT);

            assertThat(refused.statusCode()).as(refused.body()).isEqualTo(422);
            assertThat(log.accessLine(refused)).contains(" status=422 ");
            assertThat(chat(rule, CHAT).statusCode()).as("a response without the word").isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource({"jq, 200, A SéCRET, application/json, ", "replace, 200, b sécret, application/json, ", "map, 200, '{\"role\":\"assistant\"', application/json, ",
        "blocked, 451, Not for you., text/plain; charset=utf-8, status_451", "status-only, 451, rejected_by_rule, application/json, rejected_by_rule",
        "no-status, 500, 'status ''so-so''', application/json, rule_error", "number, 500, java.lang.Integer, application/json, rule_error"})
    void shouldRecordWhatTheClientGets(String rule, int status, String part, String type, String error) {
        double before = requests(status);
        try (CapturedLog log = new CapturedLog()) {
            HttpResponse<String> response = chat(rule, CHAT);

            assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
            assertThat(response.body()).contains(part);
            assertThat(response.headers().firstValue("content-type")).hasValue(type);
            assertThat(response.headers().firstValue("x-gateway-instance")).hasValue("east");
            assertThat(log.accessLine(response)).contains(" status=" + status + " ").contains(error == null ? " stream=" : " error=" + error + " ");
            assertThat(log.linesWith(CapturedLog.STACK_TRACE)).isEmpty();
        }
        assertThat(requests(status)).isEqualTo(before + 1);
    }

    @Test
    void shouldSendTheHeadersThatARuleSets() {
        assertThat(chat("header", CHAT).headers().firstValue("x-bank-model")).hasValue("gpt-4o");
        assertThat(send("none", "/v1/chat/completions", CHAT, "x-bank-model", "of-request").headers().firstValue("x-bank-model")).isEmpty();
    }

    @Test
    void shouldLetNoRuleReplaceHeadersOfTheGatewayOrOfTheConnection() {
        HttpResponse<String> response = chat("headers", CHAT);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("a sécret");
        assertThat(response.headers().allValues("x-gateway-instance")).containsExactly("east");
        assertThat(response.headers().allValues("x-request-id")).hasSize(1).doesNotContain("other");
        assertThat(response.headers().map().keySet()).doesNotContain("x-gateway-secret", "connection", "set-cookie", "no name",
                "x-of-script", "x-injected");
        assertThat(response.headers().allValues("transfer-encoding")).doesNotContain("identity");
        assertThat(response.headers().firstValue("x-lines")).hasValue("one x-injected: yes");
    }

    @Test
    void shouldLeaveAStreamAsItIs() {
        east.enqueue(Reply.chatStream("Hello"));
        chat("none", CHAT);

        HttpResponse<String> response = chat("blocked", CHAT.replace("{\"model\"", "{\"stream\":true,\"model\""));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("Hello", "[DONE]").doesNotContain("Not for you.");
    }

    private double requests(int status) {
        return gateway.get("/metrics").body().lines().filter(line -> line.startsWith("gateway_requests_total{") && line.contains("status=\"" + status + "\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))).sum();
    }
}
