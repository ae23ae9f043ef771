package dev.openaigateway.images;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.RawResponse;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestClock;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

import static org.assertj.core.api.Assertions.assertThat;

@GatewayTest
class ImageLinksTest {

    private static final byte[] PNG = png(3_000_000);
    private static final String INLINE = "{\"created\":1,\"data\":[{\"b64_json\":\"" + Base64.getEncoder().encodeToString(PNG)
            + "\",\"revised_prompt\":\"A cat\"}],\"usage\":{\"input_tokens\":3,\"output_tokens\":4}}";

    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private final TestClock clock = new TestClock();
    private final TestGateway gateway = TestGateway.builder().clock(clock).settings("""
            base_url: https://gateway.example
            instances:
              - { name: images, provider_type: generic, api_base: "%s", supported_models: [vendor/paint, openai-dall-e-3, gpt-image-1] }
              - { name: renamed, provider_type: generic, api_base: "%s", model_deployments: { my-pictures: dall-e-3 } }
            """.formatted(upstream.uri(), upstream.uri())).start();

    @AfterEach
    void stop() {
        gateway.close();
        upstream.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\uFEFF"})
    void shouldServeInlineDataIfAUrlWasRequested(String mark) throws IOException {
        upstream.enqueue(Reply.json(200, mark + INLINE));

        JsonNode image = paint("\"response_format\":\"url\"").path("data").get(0);
        String url = image.path("url").asText();

        assertThat(url).startsWith("https://gateway.example/v1/images/data/vendor%2Fpaint/");
        assertThat(image.has("b64_json")).isFalse();
        assertThat(image.path("revised_prompt").asText()).isEqualTo("A cat");
        RawResponse served = get(url.substring("https://gateway.example".length()));
        assertThat(served.status()).isEqualTo(200);
        assertThat(served.header("content-type")).isEqualTo("image/png");
        assertThat(served.body()).isEqualTo(PNG);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Application/JSON; charset=utf-8", "application/vnd.provider+json", "text/plain", ""})
    void shouldServeInlineDataOfJsonUnderAnyMediaType(String type) throws IOException {
        upstream.enqueue(Reply.body(200, type, INLINE.getBytes(StandardCharsets.UTF_8)));

        assertThat(paint("\"response_format\":\"url\"").path("data").get(0).has("url")).isTrue();
    }

    /** Some servers write members without a value, and some libraries escape each slash. */
    @ParameterizedTest
    @ValueSource(strings = {"{\"data\":[{\"url\":null,\"b64_json\":\"iVBORw0K+/8=\",\"revised_prompt\":\"{\\\"b64_json\\\":1}\"}],\"created\":1}",
        "{ \"data\": [ { \"b64_json\": \"iVBORw0K+\\/8=\", \"revised_prompt\": \"{\\\"b64_json\\\":1}\", \"url\": \"\" } ], \"created\": 1 }"})
    void shouldReplaceTheMemberWithTheUrl(String response) throws IOException {
        upstream.enqueue(Reply.json(200, response));

        JsonNode root = paint("\"response_format\":\"url\"");

        JsonNode image = root.path("data").get(0);
        assertThat(root.path("created").asInt()).isEqualTo(1);
        assertThat(image).hasSize(2);
        assertThat(image.path("revised_prompt").asText()).isEqualTo("{\"b64_json\":1}");
        assertThat(get(image.path("url").asText().substring("https://gateway.example".length())).body())
                .isEqualTo(Base64.getDecoder().decode("iVBORw0K+/8="));
    }

    @ParameterizedTest
    @ValueSource(strings = {"no Base64", "iVBORw0K+\\n8=", "data:image/png;base64,iVBORw0K"})
    void shouldLeaveDataThatCannotBeDecodedUnchanged(String data) throws IOException {
        String response = "{\"data\":[{\"b64_json\":\"iVBORw0K\"},{\"b64_json\":\"" + data + "\"}]}";
        upstream.enqueue(Reply.json(200, response));

        assertThat(paint("\"response_format\":\"url\"").toString()).isEqualTo(response);
        assertThat(gateway.metric("gateway_memory_held_bytes")).isZero();
    }

    @Test
    void shouldStopServingImagesAfterAnHour() throws IOException {
        upstream.enqueue(Reply.json(200, INLINE));
        String url = paint("\"response_format\":\"url\"").path("data").get(0).path("url").asText();

        clock.advance(Duration.ofHours(1));
        RawResponse gone = get(url.substring("https://gateway.example".length()));

        assertThat(gone.status()).isEqualTo(404);
        assertThat(gone.text()).contains("does not exist or has expired");
    }

    @Test
    void shouldLeaveTheResponseUnchangedOtherwise() throws IOException {
        upstream.enqueue(Reply.json(200, INLINE), Reply.json(200, INLINE), Reply.json(200, "{\"data\":[{\"url\":\"https://x\"}]}"));

        assertThat(paint("\"n\":1").path("data").get(0).has("b64_json")).isTrue();
        assertThat(paint("\"response_format\":\"b64_json\"").path("data").get(0).has("b64_json")).isTrue();
        assertThat(paint("\"response_format\":\"url\"").toString()).isEqualTo("{\"data\":[{\"url\":\"https://x\"}]}");
    }

    @ParameterizedTest
    @CsvSource({"openai-dall-e-3, url", "my-pictures, url", "gpt-image-1, b64_json"})
    void shouldUseTheDefaultFormatOfTheApi(String model, String member) throws IOException {
        // given
        upstream.enqueue(Reply.json(200, INLINE));
        // when
        String response = gateway.post("/v1/images/generations", "{\"model\":\"" + model + "\",\"prompt\":\"A cat\",\"n\":1}").body();
        // then
        assertThat(new ObjectMapper().readTree(response).at("/data/0").has(member)).as(response.substring(0, 80)).isTrue();
    }

    @Test
    void shouldRespondWithNotFoundForUnknownImages() {
        assertThat(get("/v1/images/data/m/00000000000000000000000000000000").status()).isEqualTo(404);
        assertThat(get("/v1/images/data/").status()).isEqualTo(404);
    }

    private JsonNode paint(String member) throws IOException {
        String response = gateway.post("/v1/images/generations", "{\"model\":\"vendor/paint\",\"prompt\":\"A cat\"," + member + "}").body();
        return new ObjectMapper().readTree(response.getBytes(StandardCharsets.UTF_8));
    }

    private RawResponse get(String path) {
        try (RawClient client = RawClient.connect(gateway.port())) {
            return client.get(path).response();
        }
    }

    private static byte[] png(int length) {
        byte[] image = new byte[length];
        System.arraycopy("\u0089PNG\r\n\u001a\n".getBytes(StandardCharsets.ISO_8859_1), 0, image, 0, 8);
        return image;
    }
}
