package dev.openaigateway.request;

import dev.openaigateway.support.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpResponse;

import static org.assertj.core.api.Assertions.assertThat;

/** Requests in JSON after a byte order mark, as some Windows tools write them. */
class MarkedRequestTest extends RuledGateway {

    private static final String MARK = "\uFEFF";
    private static final String CHAT = "{\"model\":\"gpt-4o\",\"user\":\"red\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello you\"}]}";

    @Override
    String settings() {
        return "rate_limit: { tpm: 1000000, default_max_tokens: 100 }\n";
    }

    @Override
    void rules() {
        rule("plain", "- log: { message: passing }");
        rule("tokens", "- to: { uri: \"request:header\", parameters: { name: x-found, value: \"${exchangeProperty.prompt_tokens}\" } }");
        rule("tools", "- to: { uri: \"request:header\", parameters: { name: x-found, value: \"${exchangeProperty.tools}\" } }");
        rule("images", "- to: { uri: \"request:header\", parameters: { name: x-found, value: \"${exchangeProperty.images}\" } }");
        rule("jq", "- to: { uri: \"request:header\", parameters: { name: x-found, value: \"${jq(.user)}\" } }");
        rule("jsonpath", "- to: { uri: \"request:header\", parameters: { name: x-found, value: \"${jsonpath($.user)}\" } }");
        rule("user", "- to: { uri: \"request:header\", parameters: { name: x-found, value: \"${exchangeProperty.user}\" } }");
        rule("set", "- to: \"request:set?user=blue\"");
        rule("system", "- to: \"request:system?text=Be short.\"");
        rule("cap", "- to: \"request:cap?max_tokens=5\"");
        rule("unset", "- to: \"request:remove?name=user\"");
        rule("model", "- setProperty: { name: model, constant: o1 }");
        rule("body", "- setBody: { simple: '${body}' }");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "/v1/chat/completions | {\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"a b c d e\"}]}",
        "/v1/completions      | {\"model\":\"m\",\"prompt\":\"a b c d e\"}",
        "/v1/responses        | {\"model\":\"m\",\"input\":\"a b c d e\"}",
        "/v1/embeddings       | {\"model\":\"m\",\"input\":\"a b c d e\"}"})
    void shouldCountAsMuchAsWithoutTheMark(String path, String body) {
        String without = sent("tokens", path, body).header("x-found");

        RecordedRequest marked = sent("tokens", path, MARK + body);

        assertThat(marked.text()).isEqualTo(MARK + body);
        assertThat(marked.header("x-found")).isEqualTo(without).isNotEqualTo("0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tools", "images", "jq", "jsonpath", "user"})
    void shouldShowRulesTheSame(String rule) {
        assertThat(sent(rule, "/v1/chat/completions", MARK + CHAT).header("x-found")).isEqualTo(sent(rule, "/v1/chat/completions", CHAT).header("x-found"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"set", "system", "cap", "unset", "model", "body"})
    void shouldChangeTheSame(String rule) {
        assertThat(sent(rule, MARK + CHAT)).isEqualTo(MARK + sent(rule, CHAT));
    }

    @Test
    void shouldReadTheMarkAtTheBeginningOnly() {
        HttpResponse<String> response = chat("plain", MARK + MARK + CHAT);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("JSON");
    }
}
