package dev.openaigateway.gateway;

import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.RawResponse;
import dev.openaigateway.support.RecordedRequest;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

@GatewayTest
class EndpointsTest {

    private static final ScriptedUpstream UPSTREAM = ScriptedUpstream.start();
    private static final String FORM = "multipart/form-data; boundary=q7";
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        gateway = TestGateway.start("""
                instances:
                  - { name: plain, provider_type: generic, api_key: sk, api_base: "BASE", supported_models: [any, whisper-1, omni-moderation-latest, dall-e-2] }
                  - { name: renaming, provider_type: generic, api_key: sk, api_base: "BASE", model_deployments: { renamed: other } }
                  - { name: elsewhere, provider_type: generic, api_base: "BASE", supported_models: [spread],
                      targets: { spread: { audio/transcriptions: { base_url: "BASE/ears/v1", model: ear }, images/generations: { base_url: "BASE/eyes/v1", model: eye } } } }
                  - { name: dated, api_key: az, api_base: "BASE", api_version: 2024-10-21, model_deployments: { azure: my-azure } }
                  - { name: newer, api_key: az, api_base: "BASE", api_version: v1, model_deployments: { azure-v1: my-v1 } }
                  - { name: by-base, api_key: az, api_base: "BASE/openai/v1/", model_deployments: { azure-base: my-base } }
                  - { name: by-old-base, api_key: az, api_base: "BASE/openai", api_version: 2024-10-21, model_deployments: { azure-old-base: my-old } }
                """.replace("BASE", UPSTREAM.uri()));
    }

    @AfterAll
    static void stop() {
        gateway.close();
        UPSTREAM.close();
    }

    @BeforeEach
    void respondJson() {
        UPSTREAM.respond(Reply.anyResult());
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/moderations, any, /v1/moderations",
        "/v1/images/generations, spread, /eyes/v1/images/generations",
        "/v1/images/generations, any, /v1/images/generations",
        "/v1/images/generations, azure, /openai/deployments/my-azure/images/generations?api-version=2024-10-21",
        "/v1/audio/speech, azure, /openai/deployments/my-azure/audio/speech?api-version=2024-10-21",
        "/v1/audio/speech, azure-v1, /openai/v1/audio/speech",
        "/v1/audio/speech, azure-base, /openai/v1/audio/speech",
        "/v1/audio/speech, azure-old-base, /openai/deployments/my-old/audio/speech?api-version=2024-10-21",
        "/v1/responses, any, /v1/responses",
        "/v1/responses, azure, /openai/responses?api-version=2024-10-21",
        "/v1/responses, azure-v1, /openai/v1/responses",
        "/v1/responses/input_tokens, any, /v1/responses/input_tokens",
        "/v1/responses/compact, azure, /openai/responses/compact?api-version=2024-10-21",
        "/v1/responses/compact, azure-v1, /openai/v1/responses/compact",
        "/openai/responses/input_tokens?api-version=preview, azure-v1, /openai/v1/responses/input_tokens",
        "/openai/v1/responses/compact, any, /v1/responses/compact",
        "/openai/deployments/azure/chat/completions, unused, /openai/deployments/my-azure/chat/completions?api-version=2024-10-21",
        "/openai/deployments/any/chat/completions?api-version=2024-02-01, unused, /v1/chat/completions",
        "/openai/deployments/any/images/generations, unused, /v1/images/generations",
        "/openai/v1/chat/completions, azure, /openai/deployments/my-azure/chat/completions?api-version=2024-10-21",
        "/openai/v1/embeddings?api-version=preview, any, /v1/embeddings",
        "/openai/v1/embeddings/, any, /v1/embeddings",
        "/openai/deployments/any/embeddings/?api-version=2024-10-21, unused, /v1/embeddings",
        "/deepseek/embeddings, any, /v1/embeddings",
        "/openai/v1/responses, azure-v1, /openai/v1/responses",
        "/openai/responses?api-version=2025-03-01-preview, azure-v1, /openai/v1/responses"
    })
    void shouldSendJsonToTheUrlOfTheOperation(String path, String model, String target) {
        var response = gateway.post(path, "{\"model\":\"" + model + "\",\"input\":\"Hi\"}", "api-key", "any");

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(last().target()).isEqualTo(target);
    }

    @Test
    void shouldTakeTheModelFromTheDeploymentInThePath() {
        gateway.post("/openai/deployments/any/chat/completions?api-version=2024-10-21", "{\"messages\":[]}");
        assertThat(last().text()).isEqualTo("{\"model\":\"any\",\"messages\":[]}");

        gateway.post("/openai/deployments/renamed/chat/completions?api-version=2024-10-21", "{\"model\":\"ignored\"}");
        assertThat(last().text()).isEqualTo("{\"model\":\"other\"}");

        gateway.post("/openai/deployments/any/chat/completions?deployment=renamed", "{\"messages\":[]}");
        assertThat(last().text()).isEqualTo("{\"model\":\"any\",\"messages\":[]}");
    }

    @ParameterizedTest
    @CsvSource({"POST, /openai/deployments/any/unknown", "POST, /openai/v1/unknown", "POST, /openai/deployments/any", "GET, /v1/responses/a/b",
        "GET, /v1/responses/a%2Fb", "GET, /v1/responses/..%2F..", "POST, /openai/files"})
    void shouldReturn404ForOtherPaths(String method, String path) {
        try (RawClient client = RawClient.connect(gateway.port())) {
            RawResponse response = client.request(method, path, "{}".getBytes(StandardCharsets.UTF_8)).response();

            assertThat(response.status()).isEqualTo(404);
            assertThat(response.text()).contains("Invalid URL");
        }
    }

    @ParameterizedTest
    @CsvSource({"/v1/moderations, omni-moderation-latest", "/v1/images/generations, dall-e-2"})
    void shouldUseTheDefaultModelOfTheOperation(String path, String model) {
        gateway.post(path, "{\"input\":\"Hi\"}");

        assertThat(last().text()).contains("\"model\":\"" + model + "\"");
    }

    @ParameterizedTest
    @CsvSource({"100", "3000000"})
    void shouldRelayAudioUnchanged(int length) {
        byte[] audio = bytes(length);
        UPSTREAM.enqueue(Reply.body(200, "audio/mpeg", audio));

        try (RawClient client = RawClient.connect(gateway.port())) {
            RawResponse response = client.post("/v1/audio/speech", "{\"model\":\"any\",\"input\":\"Hi\",\"voice\":\"alloy\"}").response();

            assertThat(response.header("content-type")).isEqualTo("audio/mpeg");
            assertThat(response.body()).isEqualTo(audio);
            assertThat(last().header("accept")).isEqualTo("*/*");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/audio/transcriptions, whisper-1, /v1/audio/transcriptions",
        "/v1/audio/translations, renamed, /v1/audio/translations",
        "/v1/audio/transcriptions, spread, /ears/v1/audio/transcriptions",
        "/v1/images/edits, any, /v1/images/edits",
        "/v1/images/variations, any, /v1/images/variations",
        "/v1/audio/transcriptions, azure, /openai/deployments/my-azure/audio/transcriptions?api-version=2024-10-21",
        "/v1/audio/transcriptions, azure-v1, /openai/v1/audio/transcriptions",
        "/openai/deployments/azure/audio/transcriptions?api-version=2024-02-01, azure, /openai/deployments/my-azure/audio/transcriptions?api-version=2024-10-21",
        "/openai/deployments/azure/images/variations?api-version=2024-02-01, azure, /openai/deployments/my-azure/images/variations?api-version=2024-10-21",
        "/openai/v1/audio/translations, any, /v1/audio/translations"
    })
    void shouldRouteFormsByTheirModel(String path, String model, String target) {
        RawResponse response = form(path, formOf(model, bytes(2000)));

        assertThat(response.status()).as(response.text()).isEqualTo(200);
        assertThat(last().target()).isEqualTo(target);
        assertThat(last().header("content-type")).isEqualTo(FORM);
    }

    @Test
    void shouldSendAFormUnchangedExceptForARenamedModel() {
        byte[] file = bytes(5_000_000);
        RawResponse same = form("/v1/audio/transcriptions", formOf("whisper-1", file));
        assertThat(same.status()).as(same.text()).isEqualTo(200);
        assertThat(last().body()).isEqualTo(formOf("whisper-1", file));

        RawResponse renamed = form("/v1/audio/transcriptions", formOf("renamed", file));
        assertThat(renamed.status()).as(renamed.text()).isEqualTo(200);
        assertThat(last().body()).isEqualTo(formOf("other", file));
    }

    @Test
    void shouldRelayATextResponseToAForm() {
        UPSTREAM.enqueue(Reply.body(200, "text/plain", "1\n00:00 --> 00:01\nHello\n".getBytes(StandardCharsets.UTF_8)));

        RawResponse response = form("/v1/audio/transcriptions", formOf("whisper-1", bytes(10)));

        assertThat(response.text()).isEqualTo("1\n00:00 --> 00:01\nHello\n");
        assertThat(response.header("content-type")).isEqualTo("text/plain");
    }

    @Test
    void shouldRejectAnInvalidForm() {
        assertThat(form("/v1/audio/transcriptions", "nonsense".getBytes(StandardCharsets.UTF_8)).status()).isEqualTo(400);
        assertThat(form("/v1/audio/transcriptions", formOf("unknown", bytes(10))).status()).isEqualTo(404);
        assertThat(form("/v1/chat/completions", formOf("any", bytes(10))).status()).isEqualTo(415);
    }

    @Test
    void shouldRejectAFormThatIsTooLarge() {
        try (RawClient client = RawClient.connect(gateway.port())) {
            client.send("POST /v1/audio/transcriptions HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + FORM + "\r\nTransfer-Encoding: chunked\r\n\r\n");
            byte[] chunk = ("100000\r\n" + "x".repeat(0x100000) + "\r\n").getBytes(StandardCharsets.UTF_8);
            try {
                for (int i = 0; i < 52; i++) {
                    client.send(chunk);
                }
            } catch (UncheckedIOException respondedBefore) {
                assertThat(respondedBefore).hasMessageMatching("(?i).*(broken pipe|connection reset).*");
            }
            assertThat(client.response().status()).isEqualTo(413);
            assertThat(UPSTREAM.requests()).noneMatch(request -> request.body().length > 0x2000000);
        }
    }

    @Test
    void shouldAcceptJsonForAnImageEdit() {
        gateway.post("/v1/images/edits", "{\"model\":\"any\",\"images\":[]}");

        assertThat(last().text()).isEqualTo("{\"model\":\"any\",\"images\":[]}");
        assertThat(last().header("content-type")).startsWith("application/json");
    }

    @Test
    void shouldListModelsUnderAzuresPaths() {
        assertThat(gateway.get("/openai/v1/models").body()).contains("\"whisper-1\"");
        assertThat(gateway.get("/v1/models/").body()).contains("\"whisper-1\"");
        assertThat(gateway.get("/openai/v1/models/azure").body()).contains("\"azure\"");
        assertThat(gateway.get("/openai/models?api-version=2024-10-21").body()).contains("\"renamed\"");
    }

    private static RecordedRequest last() {
        List<RecordedRequest> requests = UPSTREAM.requests();
        return requests.get(requests.size() - 1);
    }

    private static RawResponse form(String path, byte[] body) {
        try (RawClient client = RawClient.connect(gateway.port())) {
            return client.request("POST", path, body, "Content-Type: " + FORM).response();
        }
    }

    private static byte[] formOf(String model, byte[] file) {
        ByteArrayOutputStream form = new ByteArrayOutputStream();
        form.writeBytes("--q7\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.wav\"\r\nContent-Type: audio/wav\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        form.writeBytes(file);
        form.writeBytes(("\r\n--q7\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\n" + model + "\r\n--q7--\r\n").getBytes(StandardCharsets.UTF_8));
        return form.toByteArray();
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(7).nextBytes(bytes);
        return bytes;
    }
}
