package dev.openaigateway.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

import static org.assertj.core.api.Assertions.assertThat;

/** What upstreams report beyond two numbers, in records, statistics and metrics. */
@GatewayTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UsageDetailsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CHAT_USAGE = "\"usage\":{\"prompt_tokens\":50,\"completion_tokens\":20,\"total_tokens\":70,"
            + "\"prompt_tokens_details\":{\"cached_tokens\":32,\"audio_tokens\":5},"
            + "\"completion_tokens_details\":{\"reasoning_tokens\":8,\"audio_tokens\":9}},\"service_tier\":\"flex\"";

    private final ScriptedUpstream east = ScriptedUpstream.start();
    private TestGateway gateway;

    @BeforeAll
    void startGateway() {
        gateway = TestGateway.start("""
                instances: [ { name: east, provider_type: generic, api_key: k, api_base: "%s" } ]
                """.formatted(east.uri()));
    }

    @AfterAll
    void stopGateway() {
        gateway.close();
        east.close();
    }

    @Test
    void shouldRecordAChat() {
        east.enqueue(Reply.json(200, "{\"object\":\"chat.completion\",\"choices\":[{\"index\":0,\"message\":{\"content\":\"x\"}}]," + CHAT_USAGE + "}"));

        JsonNode record = after("/v1/chat/completions", "chat-whole", "\"messages\":[]");

        assertIsChat(record);
    }

    @Test
    void shouldRecordAStream() {
        east.enqueue(Reply.stream("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"x\"},\"finish_reason\":null}],\"service_tier\":\"flex\"}\n\n",
                "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}],\"usage\":null}\n\n",
                "data: {\"choices\":[]," + CHAT_USAGE + "}\n\n", "data: [DONE]\n\n"));

        JsonNode record = after("/v1/chat/completions", "chat-stream", "\"stream\":true,\"messages\":[]");

        assertIsChat(record);
    }

    private static void assertIsChat(JsonNode record) {
        assertThat(record.path("prompt_tokens").asInt()).isEqualTo(50);
        assertThat(record.path("cached_tokens").asInt()).isEqualTo(32);
        assertThat(record.path("audio_input_tokens").asInt()).isEqualTo(5);
        assertThat(record.path("audio_output_tokens").asInt()).isEqualTo(9);
        assertThat(record.path("reasoning_tokens").asInt()).isEqualTo(8);
        assertThat(record.path("service_tier").asText()).isEqualTo("flex");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "responses            | {'object':'response','status':'completed','output':[],'usage':{'input_tokens':5,'output_tokens':6,'output_tokens_details':{'reasoning_tokens':4}}} | reasoning_tokens | 4",
        "images/generations   | {'created':1,'data':[{'b64_json':'eA=='}],'usage':{'input_tokens':11,'output_tokens':60,'output_tokens_details':{'image_tokens':60}}}                      | image_output_tokens | 60",
        "completions          | {'object':'text_completion','choices':[{'text':'x'}],'usage':{'prompt_tokens':30,'completion_tokens':5,'prompt_cache_hit_tokens':20}}     | cached_tokens | 20",
        "embeddings           | {'object':'list','data':[{'embedding':[0]}],'usage':{'total_tokens':12}}                                                                                 | prompt_tokens | 12"})
    void shouldRecordOtherOperations(String operation, String reply, String field, double expected) {
        east.enqueue(Reply.json(200, reply.replace('\'', '"')));

        JsonNode record = after("/v1/" + operation, "other-" + operation.replace('/', '-'), "\"input\":\"x\",\"prompt\":\"x\"");

        assertThat(record.path("operation").asText()).isEqualTo(operation);
        assertThat(record.path(field).asDouble()).isEqualTo(expected);
    }

    /** The usage of an image is in its last event. That of an upstream that reports all images together is in the last of them. */
    @ParameterizedTest
    @CsvSource({"images/generations, image_generation, 10", "images/edits, image_edit, 10", "images/generations, image_generation, 2000000"})
    void shouldSumTheUsageOfStreamedImages(String operation, String kind, int bytes) {
        String each = ",\"usage\":{\"input_tokens\":11,\"output_tokens\":60,\"total_tokens\":71,\"input_tokens_details\":{\"text_tokens\":4,\"image_tokens\":7}}";
        String image = "\"b64_json\":\"" + "A".repeat(bytes) + "\"";
        east.enqueue(Reply.stream(typed(kind + ".partial_image", image), typed(kind + ".completed", image + each), typed(kind + ".completed", image + each)),
                Reply.stream(typed(kind + ".completed", image), typed(kind + ".completed", image + each)));

        JsonNode record = after("/v1/" + operation, "two-images-" + kind + bytes, "\"stream\":true,\"n\":2,\"prompt\":\"x\"");
        JsonNode together = after("/v1/" + operation, "together-" + kind + bytes, "\"stream\":true,\"n\":2,\"prompt\":\"x\"");

        assertThat(record.path("prompt_tokens").asInt()).isEqualTo(22);
        assertThat(record.path("completion_tokens").asInt()).isEqualTo(120);
        assertThat(record.path("image_input_tokens").asInt()).isEqualTo(14);
        assertThat(together.path("completion_tokens").asInt()).isEqualTo(60);
    }

    private static String typed(String type, String members) {
        return "event: " + type + "\ndata: {\"type\":\"" + type + "\"," + members + "}\n\n";
    }

    @Test
    void shouldRecordSecondsOfSound() {
        east.enqueue(Reply.json(200, "{\"text\":\"hello\",\"usage\":{\"type\":\"duration\",\"seconds\":9}}"));
        String form = "--b\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nwhisper-1\r\n"
                + "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.wav\"\r\n\r\nRIFF\r\n--b--\r\n";
        gateway.send(HttpRequest.newBuilder(URI.create(gateway.url("/v1/audio/transcriptions")))
                .header("Content-Type", "multipart/form-data; boundary=b").POST(HttpRequest.BodyPublishers.ofString(form)));

        JsonNode record = recorded("whisper-1");

        assertThat(record.path("seconds").asDouble()).isEqualTo(9);
        assertThat(read("/stats").at("/models/whisper-1/tokens/seconds").asDouble()).isEqualTo(9);
        assertThat(gateway.metric("gateway_client_audio_seconds_total{client=\"anonymous\",gen_ai_request_model=\"whisper-1\",service_tier=\"none\"}"))
                .isEqualTo(9);
    }

    /** A form says {@code stream} as text. */
    @ParameterizedTest
    @ValueSource(strings = {"true", "True", "1"})
    void shouldRecordAStreamedTranscript(String stream) {
        String model = "transcribe-" + stream;
        String events = typed("transcript.text.delta", "\"delta\":\"Hi\"") + typed("transcript.text.done", "\"text\":\"Hi\",\"usage\":{\"type\":\"tokens\","
                + "\"input_tokens\":14,\"input_token_details\":{\"text_tokens\":4,\"audio_tokens\":10},\"output_tokens\":45,\"total_tokens\":59}");
        east.enqueue(Reply.stream(events));
        String form = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.wav\"\r\n\r\nRIFF\r\n"
                + "--b\r\nContent-Disposition: form-data; name=\"stream\"\r\n\r\n" + stream + "\r\n"
                + "--b\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\n" + model + "\r\n--b--\r\n";
        HttpResponse<String> response = gateway.send(HttpRequest.newBuilder(URI.create(gateway.url("/v1/audio/transcriptions")))
                .header("Content-Type", "multipart/form-data; boundary=b").POST(HttpRequest.BodyPublishers.ofString(form)));

        assertThat(response.headers().firstValue("content-type").orElse("")).startsWith("text/event-stream");
        assertThat(response.body()).isEqualTo(events);
        JsonNode record = recorded(model);
        assertThat(record.path("stream").asBoolean()).isTrue();
        assertThat(record.path("prompt_tokens").asInt()).isEqualTo(14);
        assertThat(record.path("completion_tokens").asInt()).isEqualTo(45);
        assertThat(record.path("audio_input_tokens").asInt()).isEqualTo(10);
    }

    @Test
    void shouldSumPartsByClientAndModel() {
        String labels = "{client=\"anonymous\",gen_ai_request_model=\"summed\",";
        east.enqueue(Reply.json(200, "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"x\"}}]," + CHAT_USAGE + "}"));
        after("/v1/chat/completions", "summed", "\"messages\":[]");

        JsonNode tokens = read("/stats").at("/models/summed/tokens");

        assertThat(tokens.path("total").asInt()).isEqualTo(70);
        assertThat(tokens.path("cached_tokens").asInt()).isEqualTo(32);
        assertThat(read("/stats").at("/models/summed/service_tiers/flex").asInt()).isEqualTo(1);
        assertThat(read("/stats/usage?metric=tokens&model=summed").at("/points/59/reasoning_tokens").asInt()).isEqualTo(8);
        assertThat(gateway.metric("gateway_client_tokens_total" + labels + "gen_ai_token_type=\"input\",service_tier=\"flex\"}"))
                .isEqualTo(50);
        assertThat(gateway.metric("gateway_client_token_parts_total" + labels + "part=\"cached\",service_tier=\"flex\"}")).isEqualTo(32);
    }

    private JsonNode after(String path, String model, String members) {
        assertThat(gateway.post(path, "{\"model\":\"" + model + "\"," + members + "}").statusCode()).isEqualTo(200);
        return recorded(model);
    }

    /** A request is recorded just after its response was sent; statistics and metrics have it by then. */
    private JsonNode recorded(String model) {
        String path = "/admin/requests?model=" + model;
        Eventually.holds("a record of " + model, () -> read(path).at("/data/0").isObject());
        return read(path).at("/data/0");
    }

    private JsonNode read(String path) {
        try {
            return JSON.readTree(gateway.get(path).body());
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
