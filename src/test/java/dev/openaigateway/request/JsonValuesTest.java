package dev.openaigateway.request;

import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;

/** Values that rules take from a request with {@code jq} and {@code jsonpath}. */
class JsonValuesTest extends RuledGateway {

    private static final AtomicInteger HITS = new AtomicInteger();
    private static final String CHAT = """
            {"model":"m","metadata":{"model":"gpt-4o","team":"red ","max":17,"half":0.5,"on":true,"status":418,"word":"on","tags":["a",1],\
            "more":{"b":"c"},"none":null,"mark":"\\"x\\""},"messages":[{"role":"user","content":"Hi"}]}""";

    @Override
    String settings() {
        return "clients: { forward_headers: [x-team, x-tags] }\n";
    }

    @Override
    void prepare(GatewayFolder folder) {
        insert(folder, "routes/instance.camel.yaml", "          - to:\n              id: instance-send", """
                - setHeader: { id: instance-team, name: x-instance, jq: .model }
                """.indent(10));
    }

    /** A class that no client may call. */
    public static final class Trap {

        public void hit() {
            HITS.incrementAndGet();
        }
    }

    @Override
    void rules() {
        rule("model-jq", "- setProperty: { name: model, jq: '.metadata.model' }");
        rule("model-simple", "- setProperty: { name: model, simple: '${jq(.metadata.model)}' }");
        rule("model-jsonpath", "- setProperty: { name: model, jsonpath: '$.metadata.model' }");
        rule("model-variable", """
                - setVariable: { name: v, jq: '.metadata.model' }
                - setProperty: { name: model, simple: '${variable.v}' }
                """);
        rule("model-bytes", """
                - setVariable: { name: v, groovy: "'gpt-4o'.bytes" }
                - setProperty: { name: model, simple: '${variable.v}' }
                """);
        rule("model-null", "- setProperty: { name: model, jq: '.metadata.none' }");
        for (String member : new String[] {"team", "max", "half", "on", "tags", "more", "none", "mark"}) {
            rule("jq-" + member, "- to: \"request:set?user=${jq(.metadata." + member + ")}\"");
            rule("path-" + member, "- to: \"request:set?user=${jsonpath($.metadata." + member + ")}\"");
            rule("variable-" + member, """
                    - setVariable: { name: v, jq: '.metadata.%s' }
                    - to: "request:set?user=${variable.v}"
                    """.formatted(member));
        }
        rule("system", "- to: \"request:system?text=${jsonpath($.metadata.tags)}\"");
        rule("headers", """
                - to: { uri: "request:header", parameters: { name: x-more, value: "${jsonpath($.metadata.more)}" } }
                - setHeader: { name: x-team, jq: '.metadata.model' }
                - setHeader: { name: x-tags, jq: '.metadata.max' }
                """);
        rule("recipient", "- toD: \"${jq(.metadata.to)}\"");
        answer("answer", """
                - setVariable: { name: text, jq: '.metadata.model' }
                - setHeader: { name: CamelHttpResponseCode, jq: '.metadata.status | tostring' }
                - setBody: { simple: "${variable.text}" }
                """);
        answer("reject", "- to: \"reject:429?code=${jq(.metadata.model)}&message=${jq(.metadata.tags)}&retryAfter=${jq(.metadata.max)}\"");
        answer("response", """
                - setVariable: { name: model, jq: '.metadata.model' }
                - to: "instance:east"
                - setHeader: { name: x-shown, simple: "${variable.model}" }
                """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"model-jq", "model-simple", "model-jsonpath", "model-variable", "model-bytes"})
    void shouldAskForTheModelThatTheRequestNames(String rule) {
        assertThat(sent(rule, CHAT)).isEqualTo(CHAT.replaceFirst("\"m\"", "\"gpt-4o\""));
    }

    @Test
    void shouldKeepTheModelWhereTheRequestNamesNone() {
        assertThat(sent("model-null", CHAT)).isEqualTo(CHAT);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "team | \"red \"", "max | 17", "half | 0.5", "on | true", "tags | [\"a\",1]", "more | {\"b\":\"c\"}", "none | null", "mark | \"\\\"x\\\"\""})
    void shouldSetMembersInTheirType(String member, String expected) {
        for (String language : member.equals("none") ? new String[] {"jq-"} : new String[] {"jq-", "path-", "variable-"}) {
            assertThat(sent(language + member, CHAT)).as(language).contains("\"user\":" + expected + ",");
        }
    }

    @Test
    void shouldSendTextsInHeadersAndMessages() {
        RecordedRequest request = sent("headers", "/v1/chat/completions", CHAT);

        assertThat(request.header("x-team")).isEqualTo("gpt-4o");
        assertThat(request.header("x-instance")).isEqualTo("m");
        assertThat(request.header("x-tags")).isEqualTo("17");
        assertThat(request.header("x-more")).isEqualTo("{\"b\":\"c\"}");
        assertThat(sent("system", CHAT)).contains("{\"role\":\"system\",\"content\":\"[\\\"a\\\",1]\"}");
    }

    @Test
    void shouldCallNoCodeThatTheRequestNames() {
        for (String to : new String[] {"class:dev.openaigateway.request.JsonValuesTest$Trap?method=hit", "language:constant:x"}) {
            HttpResponse<String> answer = chat("recipient", CHAT.replace("\"none\":null", "\"to\":\"" + to + "\""));

            assertThat(HITS.get()).isZero();
            assertThat(answer.statusCode()).as(to + ": " + answer.body()).isEqualTo(500);
            assertThat(answer.body()).as(to).contains("rule_error");
        }
    }

    @Test
    void shouldAnswerWithTheText() {
        HttpResponse<String> answer = chat("answer", CHAT);

        assertThat(answer.statusCode()).isEqualTo(418);
        assertThat(answer.body()).isEqualTo("gpt-4o");
    }

    @Test
    void shouldRejectWithTheTexts() {
        HttpResponse<String> answer = chat("reject", CHAT);

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.body()).contains("\"code\":\"gpt-4o\"", "\"message\":\"[\\\"a\\\",1]\"");
        assertThat(answer.headers().firstValue("retry-after")).contains("17");
    }

    @Test
    void shouldSetAHeaderOfTheResponse() {
        assertThat(chat("response", CHAT).headers().firstValue("x-shown")).contains("gpt-4o");
    }
}
