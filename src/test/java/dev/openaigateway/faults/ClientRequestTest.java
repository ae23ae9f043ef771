package dev.openaigateway.faults;

import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.RawResponse;
import dev.openaigateway.support.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

/** Requests with malicious content. */
class ClientRequestTest extends TwoInstances {

    @Override
    String settings() throws Exception {
        return super.settings() + """
                  - { name: azure, api_key: key-of-azure, api_base: "%s", priority: 0, supported_models: [mapped], model_deployments: { mapped: deployed } }
                """.formatted(second.uri());
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":"})
    void shouldRefuseJsonNestedTooDeep(String opening) {
        assertRefused(post("{\"model\":\"gpt-4o\",\"x\":" + opening.repeat(100_000)), "parse the JSON body");
    }

    @Test
    void shouldRefuseTwoModels() {
        assertRefused(post("{\"model\":\"gpt-4o\",\"model\":\"gpt-3\"}"), "\"param\":\"model\"");
        assertRefused(post("{\"model\":\"gpt-4o\",\"mod\\u0065l\":\"gpt-3\"}"), "\"param\":\"model\"");
    }

    @Test
    void shouldRefuseBrokenUtf8() {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes("{\"model\":\"gpt-4o\",\"x\":\"".getBytes(StandardCharsets.UTF_8));
        body.writeBytes(new byte[] {(byte) 0xc3, (byte) 0x28, (byte) 0xff});
        body.writeBytes("\"}".getBytes(StandardCharsets.UTF_8));

        assertRefused(post(body.toByteArray()), "parse the JSON body");
    }

    @Test
    void shouldPassOnALoneSurrogateAndAnEscapedNulUntouched() {
        String body = "{\"model\":\"gpt-4o\",\"x\":\"\\ud800 \\u0000\"}";

        assertThat(post(body).status()).isEqualTo(200);
        assertThat(lastRequest().text()).isEqualTo(body);
    }

    @Test
    void shouldRefuseARawNul() {
        assertRefused(post("{\"model\":\"gpt-4o\",\"x\":\"\0\"}"), "parse the JSON body");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"max_tokens\":1e999999", "\"max_tokens\":-5", "\"max_tokens\":99999999999999999999999", "\"max_tokens\":\"many\"",
        "\"n\":1000000000", "\"n\":-1", "\"temperature\":1e999999", "\"max_completion_tokens\":null"})
    void shouldPassOnOddNumbersUnchecked(String member) {
        String body = "{\"model\":\"gpt-4o\"," + member + "}";

        assertThat(post(body).status()).isEqualTo(200);
        assertThat(lastRequest().text()).isEqualTo(body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\\r\\nX-Evil: 1", "{{env:PATH}}", "${PATH}", "${env.PATH}", "${exchangeProperty.call}", "../../secret", "a%2f..%2fb",
        "a#b", "a?b=c", "http://evil.example/", "\\u0000", "{{upstream}}"})
    void shouldSendAModelNameOnlyInTheBodyAndUninterpreted(String name) {
        String body = "{\"model\":\"" + name + "\"}";

        assertThat(post(body).status()).isEqualTo(200);

        assertThat(lastRequest().text()).isEqualTo(body);
        assertThat(lastRequest().target()).isEqualTo(CHAT);
        assertThat(lastRequest().header("x-evil")).isNull();
    }

    @Test
    void shouldRefuseAHugeModelNameWithoutRepeatingIt() {
        RawResponse response = post("{\"model\":\"" + "m".repeat(1024 * 1024) + "\"}");

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.headers().toString().length() + response.text().length()).isLessThan(1500);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CamelHttpUri: http://127.0.0.1:1/", "CamelHttpPath: /evil", "camelhttpquery: evil=1", "CAMELHTTPMETHOD: GET",
        "CamelHttpResponseCode: 418", "CamelCharsetName: utf-16", "CamelFileName: x"})
    void shouldNotBeControlledByCamelHeaders(String header) {
        try (RawClient client = client().post(CHAT, "{\"model\":\"gpt-4o\"}", header)) {
            assertServedAsUsual(client.response(), CHAT);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"CamelHttpUri=http://127.0.0.1:1/", "CamelHttpPath=/evil", "camelHttpQuery=evil", "CamelHttpMethod=GET",
        "%43amelHttpUri=http://127.0.0.1:1/", "Authorization=Bearer%20x", "api-key=x"})
    void shouldNotBeControlledByQueryParameters(String query) {
        try (RawClient client = client().post(CHAT + "?" + query, "{\"model\":\"gpt-4o\"}")) {
            assertServedAsUsual(client.response(), CHAT);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x=../..", "Content-Type=text/plain", "Host=evil", "Content-Length=1"})
    void shouldOnlyPassOnQueryParametersThatHaveTheNameOfAHeader(String query) {
        try (RawClient client = client().post(CHAT + "?" + query, "{\"model\":\"gpt-4o\"}")) {
            assertServedAsUsual(client.response(), CHAT + "?" + query);
        }
    }

    @Test
    void shouldPutOnlyAMappedNameIntoAUrl() {
        assertThat(post("{\"model\":\"mapped\"}").status()).isEqualTo(200);

        assertThat(second.requests().get(second.requests().size() - 1).path()).isEqualTo("/openai/deployments/deployed/chat/completions");
    }

    private void assertServedAsUsual(RawResponse response, String target) {
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("x-gateway-instance")).isEqualTo("first");
        assertThat(lastRequest().method()).isEqualTo("POST");
        assertThat(lastRequest().target()).isEqualTo(target);
        assertThat(lastRequest().header("content-type")).startsWith("application/json");
        assertThat(lastRequest().header("authorization")).isEqualTo("Bearer key-of-first");
        assertThat(lastRequest().headers().toString()).doesNotContainIgnoringCase("camel");
    }

    private void assertRefused(RawResponse response, String text) {
        assertThat(response.status()).isEqualTo(400);
        assertThat(response.text()).startsWith("{\"error\":{").contains(text);
        assertThat(requestsToFirst() + requestsToSecond()).isZero();
    }

    private RawResponse post(String body) {
        return post(body.getBytes(StandardCharsets.UTF_8));
    }

    private RawResponse post(byte[] body) {
        try (RawClient client = client().request("POST", CHAT, body)) {
            return client.response();
        }
    }

    private RecordedRequest lastRequest() {
        return first.requests().get(first.requests().size() - 1);
    }
}
