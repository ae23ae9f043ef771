package dev.openaigateway.faults;

import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.RawResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpResponse;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Model names on an Azure instance that accepts any model, so that the name becomes a part of the URL. Four failures open a breaker. */
class ModelNameTest extends TwoInstances {

    @Override
    String settings() {
        return """
                breaker: { minimum_calls: 4, window: 4 }
                instances:
                  - { name: first, api_key: key-of-first, api_base: "%s", priority: 1 }
                  - { name: second, provider_type: generic, api_base: "%s", priority: 2, supported_models: [gpt-4o, meta-llama/named] }
                """.formatted(first.uri(), second.uri());
    }

    @ParameterizedTest
    @ValueSource(strings = {"meta-llama/x", "a b", "{{env:PATH}}", "${PATH}", "${env.PATH}", "../../secret", "a%2fb", "a#b", "a?b=c",
        "http://evil.example/", "a\\r\\nX-Evil: 1", "..", "\\u00e9"})
    void shouldReturn404ForAModelNameThatCannotBeADeployment(String name) {
        for (int i = 0; i < 5; i++) {
            assertUnknown(gateway.chat(name));
        }

        assertThat(instance(chat())).as("no breaker is open").isEqualTo("first");
    }

    @ParameterizedTest
    @ValueSource(strings = {"meta-llama%2fx", "a%20b", "%7B%7Benv:PATH%7D%7D", "{{env:PATH}}", "$%7BPATH%7D", "..%2f..%2fsecret", "a%252fb",
        "a%23b", "a%0d%0aX-Evil:1"})
    void shouldReturn404ForAnInvalidDeploymentName(String name) {
        for (int i = 0; i < 5; i++) {
            try (RawClient client = client().post("/openai/deployments/" + name + "/chat/completions?api-version=2024-10-21", "{\"messages\":[]}")) {
                RawResponse response = client.response();
                assertThat(response.status()).as(response.text()).isEqualTo(404);
                assertThat(response.text()).contains("model_not_found").doesNotContain(System.getenv("PATH"));
            }
        }

        assertThat(requestsToFirst() + requestsToSecond()).isZero();
        assertThat(instance(chat())).as("no breaker is open").isEqualTo("first");
    }

    @Test
    void shouldQuoteNoHalfOfACharacter() {
        HttpResponse<String> response = gateway.chat("meta/" + "a".repeat(94) + "\ud83d\ude00 and more");

        assertThat(response.body()).contains("meta/" + "a".repeat(94) + "...`").doesNotContainIgnoringCase("\\ud83d");
    }

    @Test
    void shouldCallTheInstanceThatNamesSuchAModel() {
        assertThat(instance(gateway.chat("meta-llama/named"))).isEqualTo("second");
        assertThat(requestsToFirst()).isZero();
    }

    @Test
    void shouldRefuseALongerNameThan512Characters() {
        String form = "--b\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\n%s\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nx\r\n--b--\r\n";
        for (String name : List.of("x".repeat(513), "\\u00e9".repeat(513), "x".repeat(1_000_000))) {
            assertTooLong(sent(CHAT, "application/json", "{\"messages\":[],\"model\":\"" + name + "\"}"));
        }
        assertTooLong(sent("/v1/audio/transcriptions", "multipart/form-data; boundary=b", form.formatted("x".repeat(513))));
        assertTooLong(sent("/openai/deployments/" + "x".repeat(513) + "/chat/completions?api-version=2024-10-21", "application/json", "{\"messages\":[]}"));
        assertUnknown(gateway.chat("x".repeat(512)));
    }

    private RawResponse sent(String path, String type, String body) {
        return raw("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + type + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
    }

    private void assertTooLong(RawResponse response) {
        assertThat(response.status()).as(response.text()).isEqualTo(400);
        assertThat(response.text()).contains("\"type\":\"invalid_request_error\"", "\"param\":\"model\"", "\"code\":\"string_above_max_length\"")
                .hasSizeLessThan(400);
        assertThat(requestsToFirst() + requestsToSecond()).isZero();
    }

    private void assertUnknown(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(404);
        assertThat(response.body()).contains("model_not_found").doesNotContain(System.getenv("PATH"));
        assertThat(requestsToFirst() + requestsToSecond()).isZero();
    }
}
