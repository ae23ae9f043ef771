package dev.openaigateway.affinity;

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
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Paths that the gateway itself does not serve: to the owner of what they name, else to an instance that lists them. */
@GatewayTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PassthroughTest {

    private static final AtomicInteger IDS = new AtomicInteger();
    private static final Reply ABSENT = Reply.json(404, "{\"error\":{\"message\":\"No such object\",\"type\":\"invalid_request_error\"}}");

    private final ScriptedUpstream openai = ScriptedUpstream.start();
    private final ScriptedUpstream azure = ScriptedUpstream.start();
    private final ScriptedUpstream none = ScriptedUpstream.start();
    private TestGateway gateway;

    @BeforeAll
    void start() {
        gateway = TestGateway.start("""
                clients: { keys: [{ name: alice, key: key-a }, { name: bob, key: key-b }, { name: carol, key: key-c, models: [gpt-4o] }] }
                routing: { strategy: round_robin }
                instances:
                  - { name: none, provider_type: generic, api_base: "%s" }
                  - { name: openai, provider_type: generic, api_key: k, api_base: "%s", passthrough: [files, /v1/batches, uploads, containers, threads, models, fine_tuning] }
                  - { name: azure, api_key: k, api_version: 2025-04-01-preview, api_base: "%s", passthrough: [vector_stores, fine_tuning] }
                """.formatted(none.uri(), openai.uri(), azure.uri()));
    }

    @AfterAll
    void stop() {
        gateway.close();
        openai.close();
        azure.close();
        none.close();
    }

    @BeforeEach
    void answerNothing() {
        openai.respond(ABSENT);
        azure.respond(ABSENT);
        none.respond(ABSENT);
    }

    @Test
    void shouldPassAFormAsItCame() {
        byte[] file = new byte[300_000];
        new Random(7).nextBytes(file);
        openai.respond(Reply.json(200, "{\"id\":\"file-1\",\"object\":\"file\"}"));

        RawResponse response = request("POST", "/v1/files", "key-a", file, "Content-Type: multipart/form-data; boundary=q7");

        assertThat(response.status()).isEqualTo(200);
        RecordedRequest sent = last(openai);
        assertThat(sent.target()).isEqualTo("/v1/files");
        assertThat(sent.header("content-type")).isEqualTo("multipart/form-data; boundary=q7");
        assertThat(sent.body()).isEqualTo(file);
    }

    @Test
    void shouldPassContentByteForByte() {
        byte[] content = new byte[200_000];
        new Random(8).nextBytes(content);
        String id = create("/v1/files", openai, "key-a");
        openai.respond(Reply.body(200, "application/octet-stream", content));

        RawResponse response = request("GET", "/v1/files/" + id + "/content", "key-a", new byte[0]);

        assertThat(response.body()).isEqualTo(content);
        assertThat(response.header("content-type")).isEqualTo("application/octet-stream");
    }

    @Test
    void shouldNotTakeAFileWithErrorsForAFailure() {
        String id = create("/v1/files", openai, "key-a");
        openai.respond(Reply.json(200, "{\"error\":{\"message\":\"inside\"}}"));

        assertThat(get("/v1/files/" + id + "/content", "key-a").text()).isEqualTo("{\"error\":{\"message\":\"inside\"}}");
    }

    @ParameterizedTest
    @CsvSource({"GET, ''", "DELETE, ''", "GET, /content", "POST, /cancel"})
    void shouldShowAnObjectOnlyToTheKeyThatMadeIt(String method, String action) {
        String id = create("/v1/files", openai, "key-a");
        int before = openai.requests().size();

        RawResponse refused = request(method, "/v1/files/" + id + action, "key-b", new byte[0]);

        assertThat(refused.status()).isEqualTo(404);
        assertThat(refused.text()).contains("File with id '" + id + "' not found.");
        assertThat(openai.requests()).hasSize(before);
        openai.respond(Reply.json(200, "{\"id\":\"" + id + "\"}"));
        assertThat(request(method, "/v1/files/" + id + action, "key-a", new byte[0]).status()).isEqualTo(200);
    }

    @Test
    void shouldListOnlyWhatTheKeyHasMade() {
        String ofAlice = create("/v1/files", openai, "key-a");
        String ofBob = create("/v1/files", openai, "key-b");
        openai.respond(Reply.json(200, "{\"object\":\"list\",\"data\":[{\"id\":\"" + ofAlice + "\"},{\"id\":\"" + ofBob + "\"},{\"id\":\"file-other\"}],"
                + "\"first_id\":\"" + ofAlice + "\",\"last_id\":\"file-other\",\"has_more\":false}"));

        String list = get("/v1/files?limit=3", "key-b").text();

        assertThat(list).isEqualTo("{\"object\":\"list\",\"data\":[{\"id\":\"" + ofBob + "\"}],\"first_id\":\"" + ofBob + "\",\"last_id\":\"" + ofBob
                + "\",\"has_more\":false}");
        assertThat(last(openai).target()).isEqualTo("/v1/files?limit=3");
    }

    @Test
    void shouldCreateWhereTheRequestRefersTo() {
        String store = create("/v1/vector_stores", azure, "key-a");
        assertThat(last(azure).target()).isEqualTo("/openai/vector_stores?api-version=2025-04-01-preview");
        azure.respond(Reply.json(200, "{\"id\":\"vsfile\"}"));

        request("POST", "/v1/vector_stores/" + store + "/files", "key-a", "{\"file_id\":\"file-x\"}".getBytes(StandardCharsets.UTF_8),
                "Content-Type: application/json");

        assertThat(last(azure).target()).isEqualTo("/openai/vector_stores/" + store + "/files?api-version=2025-04-01-preview");
        assertThat(last(azure).text()).isEqualTo("{\"file_id\":\"file-x\"}");
    }

    @Test
    void shouldLetTheMakerOfABatchReadItsOutput() {
        String batch = create("/v1/batches", openai, "key-a");
        openai.respond(Reply.json(200, "{\"id\":\"" + batch + "\",\"status\":\"completed\",\"output_file_id\":\"file-out\",\"error_file_id\":\"file-err\"}"));
        get("/v1/batches/" + batch, "key-a");

        assertThat(get("/v1/files/file-out/content", "key-b").status()).isEqualTo(404);
        assertThat(get("/v1/files/file-err/content", "key-b").text()).contains("File with id 'file-err' not found.");
    }

    @Test
    void shouldKnowTheOutputOfABatchThatIsOnlyListed() {
        String batch = create("/v1/batches", openai, "key-a");
        openai.respond(Reply.json(200, "{\"data\":[{\"id\":\"" + batch + "\",\"output_file_id\":\"file-listed\"}]}"));
        get("/v1/batches", "key-a");

        assertThat(get("/v1/files/file-listed/content", "key-b").status()).isEqualTo(404);
    }

    @Test
    void shouldListAllThatIsBelowAnObject() {
        String thread = create("/v1/threads", openai, "key-a");
        openai.respond(Reply.json(200, "{\"data\":[{\"id\":\"msg_1\",\"role\":\"assistant\"}]}"));
        assertThat(get("/v1/threads/" + thread + "/messages", "key-a").text()).contains("msg_1");
        assertThat(get("/v1/threads", "key-a").text()).contains("\"data\":[]");
    }

    @Test
    void shouldNotTakeAWordOfThePathForAnObject() {
        for (ScriptedUpstream home : new ScriptedUpstream[] {openai, azure}) {
            answerNothing();
            home.respond(Reply.json(200, "{\"id\":\"ftjob\"}"));
            assertThat(get("/v1/fine_tuning/jobs/ftjob-" + IDS.incrementAndGet(), "key-a").status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource({"/openai/files?api-version=2024-10-21", "/openai/v1/files", "/files", "/v1/files/"})
    void shouldTakeOtherFormsOfThePath(String path) {
        openai.respond(Reply.json(200, "{\"id\":\"file-form\",\"object\":\"file\"}"));

        assertThat(request("POST", path, "key-a", "x".getBytes(StandardCharsets.UTF_8), "Content-Type: text/plain").status()).isEqualTo(200);
        assertThat(last(openai).target()).isEqualTo("/v1/files");
    }

    @ParameterizedTest
    @CsvSource({"GET, /v1/conversations", "POST, /v1/conversations", "POST, /v1/evals", "GET, /v1/filesystem", "DELETE, /v1/vector_store",
        "POST, /openai/v1/evals", "GET, /openai/evals", "GET, /v1/conversations/conv_unknown", "GET, /v1/files/../evals", "GET, /v1/files/a%2f..%2fb"})
    void shouldSayWhatIsNotServed(String method, String path) {
        RawResponse refused = request(method, path, "key-a", new byte[0]);

        assertThat(refused.status()).isEqualTo(404);
        assertThat(refused.text()).contains("\"code\":\"unknown_url\"", "not served here");
    }

    @Test
    void shouldPassTheDeletionOfAModel() {
        openai.respond(Reply.json(200, "{\"id\":\"ft:gpt-4o:x\",\"deleted\":true}"));

        assertThat(request("DELETE", "/v1/models/ft:gpt-4o:x", "key-a", new byte[0]).status()).isEqualTo(200);
        assertThat(last(openai).method() + " " + last(openai).target()).isEqualTo("DELETE /v1/models/ft:gpt-4o:x");
    }

    @Test
    void shouldFindTheOwnerOfAStoredChatCompletion() {
        Reply made = Reply.json(200, "{\"id\":\"chatcmpl-s\",\"object\":\"chat.completion\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
                + "\"content\":\"Hi\"},\"finish_reason\":\"stop\"}]}");
        azure.respond(made);
        openai.respond(made);
        none.respond(made);
        String owner = gateway.post("/v1/chat/completions", TestGateway.chatBody("gpt-4o").replace("{\"model\"", "{\"store\":true,\"model\""),
                "api-key", "key-a").headers().firstValue("x-gateway-instance").orElseThrow();

        RawResponse read = get("/v1/chat/completions/chatcmpl-s", "key-a");
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.header("x-gateway-instance")).isEqualTo(owner);
        assertThat(get("/v1/chat/completions/chatcmpl-s", "key-b").status()).isEqualTo(404);
    }

    @Test
    void shouldKeepAKeyForCertainModelsOut() {
        assertThat(get("/v1/files", "key-c").text()).contains("not served here");
    }

    private String create(String path, ScriptedUpstream upstream, String key) {
        String id = "obj-" + IDS.incrementAndGet();
        upstream.respond(Reply.json(200, "{\"id\":\"" + id + "\"}"));
        assertThat(request("POST", path, key, "{}".getBytes(StandardCharsets.UTF_8), "Content-Type: application/json").status()).isEqualTo(200);
        return id;
    }

    private RawResponse get(String path, String key) {
        return request("GET", path, key, new byte[0]);
    }

    private RawResponse request(String method, String path, String key, byte[] body, String... headers) {
        String[] all = Stream.concat(Stream.of("api-key: " + key), Stream.of(headers)).toArray(String[]::new);
        try (RawClient client = RawClient.connect(gateway.port())) {
            return client.request(method, path, body, all).response();
        }
    }

    private static RecordedRequest last(ScriptedUpstream upstream) {
        List<RecordedRequest> requests = upstream.requests();
        return requests.get(requests.size() - 1);
    }
}
