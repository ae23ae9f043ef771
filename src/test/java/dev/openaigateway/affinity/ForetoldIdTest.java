package dev.openaigateway.affinity;

import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.RawResponse;
import dev.openaigateway.support.Reply;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

/** An upstream that numbers what it makes, and ignores what it does not know: a key can name what is yet to be made for another one. */
class ForetoldIdTest extends PassedRequests {

    @Override
    String passed() {
        return "passthrough: [\"*\"]";
    }

    @Test
    void shouldGiveAFileToTheKeyThatSendsIt() {
        name("file-1001");

        upstream.respond(Reply.json(200, "{\"id\":\"file-1001\",\"object\":\"file\"}"));
        assertThat(sendFile("/v1/files").status()).isEqualTo(200);

        assertBelongsToAlice("file-1001");
    }

    @Test
    void shouldGiveAFileToTheKeyThatUploadsItInParts() {
        name("file-1002");
        upstream.respond(Reply.json(200, "{\"id\":\"upload_1\",\"object\":\"upload\",\"file\":{\"id\":\"file-1002\",\"object\":\"file\"}}"));
        post("/v1/uploads/upload_1/complete", "{\"part_ids\":[\"part_1\"]}", "key-a");

        assertBelongsToAlice("file-1002");
    }

    @Test
    void shouldGiveAFileToTheKeyWhoseBatchHasWrittenIt() {
        name("file-1003");
        upstream.respond(Reply.json(200, "{\"id\":\"batch_1\",\"object\":\"batch\"}"));
        post("/v1/batches", "{\"input_file_id\":\"file-in\"}", "key-a");
        upstream.respond(Reply.json(200, "{\"id\":\"batch_1\",\"object\":\"batch\",\"output_file_id\":\"file-1003\"}"));
        request("GET", "/v1/batches/batch_1", "key-a");

        assertBelongsToAlice("file-1003");
    }

    @Test
    void shouldGiveAResponseToTheKeyThatItIsMadeFor() {
        upstream.respond(Reply.json(200, "{\"id\":\"resp_7\",\"object\":\"response\",\"output\":[]}"));
        post("/v1/responses", "{\"model\":\"gpt-5\",\"input\":\"x\",\"previous_response_id\":\"resp_8\"}", "key-b");
        upstream.respond(Reply.json(200, "{\"id\":\"resp_8\",\"object\":\"response\",\"output\":[]}"));
        post("/v1/responses", "{\"model\":\"gpt-5\",\"input\":\"secret\"}", "key-a");

        assertThat(request("GET", "/v1/responses/resp_8", "key-a").status()).isEqualTo(200);
        assertThat(request("GET", "/v1/responses/resp_8", "key-b").status()).isEqualTo(404);
        assertThat(post("/v1/responses", "{\"model\":\"gpt-5\",\"input\":\"y\",\"previous_response_id\":\"resp_8\"}", "key-a").status()).isEqualTo(200);
    }

    @Test
    void shouldGiveAnItemToTheKeyThatItIsMadeFor() {
        String named = "{\"model\":\"gpt-5\",\"input\":[{\"type\":\"item_reference\",\"id\":\"msg_8\"}]}";
        upstream.respond(Reply.json(200, "{\"id\":\"resp_b\",\"object\":\"response\",\"output\":[]}"));
        post("/v1/responses", named, "key-b");
        upstream.respond(Reply.json(200, "{\"id\":\"resp_a\",\"object\":\"response\",\"output\":[{\"id\":\"msg_8\",\"type\":\"message\"}]}"));
        post("/v1/responses", "{\"model\":\"gpt-5\",\"input\":\"secret\"}", "key-a");

        assertThat(post("/v1/responses", named, "key-b").status()).isEqualTo(404);
    }

    @Test
    void shouldLetEachKeyHaveAFileThatBothHaveUploadedInParts() {
        upstream.respond(Reply.json(200, "{\"id\":\"upload_2\",\"object\":\"upload\",\"file\":{\"id\":\"file-EQUAL\",\"object\":\"file\"}}"));
        post("/v1/uploads/upload_2/complete", "{\"part_ids\":[\"part_1\"]}", "key-a");
        upstream.respond(Reply.json(200, "{\"id\":\"upload_3\",\"object\":\"upload\",\"file\":{\"id\":\"file-EQUAL\",\"object\":\"file\"}}"));
        post("/v1/uploads/upload_3/complete", "{\"part_ids\":[\"part_1\"]}", "key-b");

        assertThat(request("GET", "/v1/files/file-EQUAL", "key-a").status()).isEqualTo(200);
        assertThat(request("GET", "/v1/files/file-EQUAL", "key-b").status()).isEqualTo(200);
    }

    private void name(String file) {
        upstream.respond(Reply.chat("Hello"));
        String body = "{\"model\":\"gpt-5\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"file\",\"file\":{\"file_id\":\"%s\"}}]}]}".formatted(file);
        assertThat(post("/v1/chat/completions", body, "key-b").status()).isEqualTo(200);
    }

    private void assertBelongsToAlice(String file) {
        upstream.respond(Reply.json(200, "{\"object\":\"list\",\"data\":[{\"id\":\"" + file + "\"}],\"has_more\":false}"));
        assertThat(request("GET", "/v1/files", "key-a").text()).contains(file);
        assertThat(request("GET", "/v1/files", "key-b").text()).doesNotContain(file);
        assertThat(request("GET", "/v1/files/" + file, "key-a").status()).isEqualTo(200);
        assertThat(request("GET", "/v1/files/" + file, "key-b").status()).isEqualTo(404);
    }

    private RawResponse sendFile(String path) {
        String form = "--b\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\nuser_data\r\n"
                + "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nsecret\r\n--b--\r\n";
        return send(path, form, "multipart/form-data; boundary=b", "key-a");
    }

    private RawResponse post(String path, String body, String key) {
        return send(path, body, "application/json", key);
    }

    private RawResponse send(String path, String body, String type, String key) {
        try (RawClient client = RawClient.connect(gateway.port())) {
            return client.request("POST", path, body.getBytes(StandardCharsets.UTF_8), "api-key: " + key, "Content-Type: " + type).response();
        }
    }
}
