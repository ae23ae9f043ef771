package dev.openaigateway.affinity;

import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.RawResponse;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** A client does not reach what another has made by a path, a body or a list that the gateway reads otherwise than the upstream. */
class PassedIsolationTest extends PassedRequests {

    private static final String JSON = "application/json";
    @Override
    String passed() {
        return "passthrough: [files, batches, vector_stores, evals]";
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/vector_stores/../files/ID", "/v1/files/./ID", "/v1/files/x/../ID/content", "/v1/batches/../files/ID", "/v1/files/..",
        "/v1/files/../organization/admin_api_keys", "/passthrough/v1/files/../../internal/metrics", "/v1/evals/./ID", "/v1/files/ID/.",
        "/openai/v1/files/./ID", "/v1/files/%2e%2e/files/ID", "/v1/files/.%2E/files/ID"})
    void shouldNotPassAPathThatAnUpstreamResolves(String path) {
        String id = file("key-a");
        int before = upstream.requests().size();

        for (String method : new String[] {"GET", "DELETE", "POST"}) {
            RawResponse refused = request(method, path.replace("ID", id), "key-b", "", JSON);
            assertThat(refused.status()).isEqualTo(404);
            assertThat(refused.text()).contains("\"code\":\"unknown_url\"");
        }

        assertThat(upstream.requests()).hasSize(before);
    }

    @ParameterizedTest
    @CsvSource({"GET, /v1/Files/ID/content", "DELETE, /v1/FILES/ID", "GET, /v1/Responses/resp_1", "POST, /v1/Chat/Completions/"})
    void shouldReadAPathAsUpstreamsDoThatIgnoreCase(String method, String path) {
        try (TestGateway any = TestGateway.start("""
                clients: { keys: [{ name: alice, key: key-a }, { name: bob, key: key-b }] }
                instances:
                  - { name: only, provider_type: generic, api_key: k, api_base: "%s", passthrough: ["*"] }
                """.formatted(upstream.uri()))) {
            String id = "made-" + IDS.incrementAndGet();
            upstream.respond(Reply.json(200, "{\"id\":\"" + id + "\"}"));
            assertThat(request(any, "POST", "/v1/files", "key-a", "{}", JSON).status()).isEqualTo(200);
            int before = upstream.requests().size();

            assertThat(request(any, method, path.replace("ID", id), "key-b", "", JSON).status()).isEqualTo(404);

            assertThat(upstream.requests()).hasSize(before);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/files/..a", "/v1/files/...", "/v1/files/a..b", "/v1/files/.hidden"})
    void shouldPassOtherNamesWithDots(String path) {
        upstream.respond(Reply.json(200, "{\"id\":\"file-dots\"}"));

        assertThat(request("GET", path, "key-b", "", JSON).status()).isEqualTo(200);
        assertThat(upstream.requests().get(upstream.requests().size() - 1).target()).isEqualTo(path);
    }

    static Stream<String> unreadable() {
        return Stream.of("{\"z\":1" + "0".repeat(1_001) + ",MEMBER}", "{\"z\":" + "[".repeat(1_001) + "]".repeat(1_001) + ",MEMBER}",
                "{\"" + "k".repeat(50_001) + "\":1,MEMBER}", "{\"z\":NaN,MEMBER}", "{/* */MEMBER}", "{'z':1,MEMBER}", "\uFEFF{\"z\":Infinity,MEMBER}",
                "{\"z\":\"\t\",MEMBER}", "[01,{MEMBER}]");
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void shouldRefuseABodyThatCannotBeReadToItsEnd(String body) {
        String referring = body.replace("MEMBER", "\"input_file_id\":\"" + file("key-a") + "\"");
        int before = upstream.requests().size();

        for (String type : new String[] {JSON, "text/plain"}) {
            RawResponse refused = request("POST", "/v1/batches", "key-b", referring, type);
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.text()).contains("could not parse the JSON body");
        }

        assertThat(upstream.requests()).hasSize(before);
    }

    @Test
    void shouldPassABodyThatIsNoJson() {
        upstream.respond(Reply.json(200, "{\"id\":\"file-text\"}"));

        assertThat(request("POST", "/v1/files", "key-a", "plain, and { later", "text/plain").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"text/plain, /v1/files", "text/json, /v1/files", "'', /v1/files", "application/octet-stream, /v1/batches", "application/json, /v1/evals"})
    void shouldFilterAListOfAnyMediaType(String type, String path) {
        String ofAlice = made(path, "key-a");
        String ofBob = made(path, "key-b");
        upstream.respond(reply(type, "\uFEFF{\"object\":\"list\",\"data\":[{\"id\":\"" + ofAlice + "\"},{\"id\":\"" + ofBob + "\"}]}"));

        assertThat(request("GET", path, "key-b", "", JSON).text()).isEqualTo("{\"object\":\"list\",\"data\":[{\"id\":\"" + ofBob + "\"}]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "Text/JSON", ""})
    void shouldRememberWhatIsCreatedUnderAnyMediaType(String type) {
        upstream.respond(reply(type, "{\"id\":\"file-of-" + type.length() + "\",\"object\":\"file\"}"));
        request("POST", "/v1/files", "key-a", "{}", JSON);

        assertThat(request("GET", "/v1/files/file-of-" + type.length(), "key-a", "", JSON).status()).isEqualTo(200);
        assertThat(request("GET", "/v1/files/file-of-" + type.length(), "key-b", "", JSON).status()).isEqualTo(404);
    }

    @Test
    void shouldFilterAnArray() {
        String ofAlice = file("key-a");
        String ofBob = file("key-b");
        upstream.respond(Reply.json(200, "[{\"id\":\"" + ofAlice + "\"},{\"id\":\"" + ofBob + "\"}]"));

        assertThat(request("GET", "/v1/files", "key-b", "", JSON).text()).isEqualTo("[{\"id\":\"" + ofBob + "\"}]");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', value = {"/v1/files, `{\"data\":[{\"id\":\"ID\",\"size\":NaN}]}`", "/v1/files, `{\"data\":[{\"id\":\"ID\"}]} {}`",
        "/v1/files, `{\"files\":[{\"id\":\"ID\"}]}`", "/v1/files, `{\"data\":{\"ID\":{}}}`", "/v1/evals, `{\"data\":[{\"id\":\"ID\"}`"})
    void shouldNotPassAListThatItCannotFilter(String path, String list) {
        String id = made(path, "key-a");

        for (String type : new String[] {JSON, "text/plain"}) {
            upstream.respond(reply(type, list.replace("ID", id)));
            RawResponse refused = request("GET", path, "key-b", "", JSON);
            assertThat(refused.status()).isEqualTo(502);
            assertThat(refused.text()).doesNotContain(id);
        }
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', value = {"/v1/files, text/plain, `id,name\nID,secret`", "/v1/files, text/event-stream, `data: {\"id\":\"ID\"}\n\n`",
        "/v1/files, application/octet-stream, `<ID>`", "/v1/batches, '', ID", "/v1/evals, text/csv, ID", "/v1/evals, text/event-stream, `data: {\"id\":\"ID\"}\n\n`",
        "/v1/files, text/html, `<pre>ID</pre>`"})
    void shouldNotPassAListThatIsNoJson(String path, String type, String list) {
        String id = made(path, "key-a");
        upstream.respond(reply(type.equals("''") ? "" : type, list.replace("ID", id)));

        RawResponse refused = request("GET", path, "key-b", "", JSON);

        assertThat(refused.status()).isEqualTo(502);
        assertThat(refused.text()).doesNotContain(id);
    }

    @Test
    void shouldPassMediaAndEmptyResponses() {
        upstream.respond(reply("image/png", "PNG"));
        assertThat(request("GET", "/v1/evals/chart", "key-b", "", JSON).text()).isEqualTo("PNG");
        upstream.respond(reply("text/plain", ""));
        assertThat(request("GET", "/v1/files", "key-b", "", JSON).status()).isEqualTo(200);
    }

    @Test
    void shouldNotPassAListWithAByteThatIsNoUtf8() {
        String id = file("key-a");
        upstream.respond(Reply.body(200, JSON, ("{\"data\":[{\"id\":\"" + id + "\",\"filename\":\"\u00FF\"}]}").getBytes(StandardCharsets.ISO_8859_1)));

        assertThat(request("GET", "/v1/files", "key-b", "", JSON).status()).isEqualTo(502);
    }

    @Test
    void shouldPassOneObjectOfAnUnknownKind() {
        upstream.respond(Reply.json(200, "{\"id\":\"status\",\"object\":\"summary\"}"));

        assertThat(request("GET", "/v1/evals/summary", "key-b", "", JSON).text()).isEqualTo("{\"id\":\"status\",\"object\":\"summary\"}");
    }

    private static Reply reply(String type, String body) {
        return Reply.body(200, type, body.getBytes(StandardCharsets.UTF_8));
    }

    private String file(String key) {
        return made("/v1/files", key);
    }

    private String made(String path, String key) {
        String id = "made-" + IDS.incrementAndGet();
        upstream.respond(Reply.json(200, "{\"id\":\"" + id + "\"}"));
        assertThat(request("POST", path, key, "{}", JSON).status()).isEqualTo(200);
        return id;
    }

    private RawResponse request(String method, String path, String key, String body, String type) {
        return request(gateway, method, path, key, body, type);
    }

    private static RawResponse request(TestGateway gateway, String method, String path, String key, String body, String type) {
        try (RawClient client = RawClient.connect(gateway.port())) {
            return client.request(method, path, body.getBytes(StandardCharsets.UTF_8), "api-key: " + key, "Content-Type: " + type).response();
        }
    }
}
