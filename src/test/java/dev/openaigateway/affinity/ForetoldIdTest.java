package dev.openaigateway.affinity;

import dev.openaigateway.support.RawResponse;
import dev.openaigateway.support.Reply;
import org.junit.jupiter.api.Test;

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
        assertThat(sendFile("secret", "key-a").status()).isEqualTo(200);

        assertBelongsToAlice("file-1001");
    }

    @Test
    void shouldGiveAFileToTheKeyThatUploadsItInParts() {
        name("file-1002");
        make("/v1/uploads/upload_1/complete", "{\"part_ids\":[\"part_1\"]}", "key-a", "{\"id\":\"upload_1\",\"object\":\"upload\",\"file\":{\"id\":\"file-1002\",\"object\":\"file\"}}");

        assertBelongsToAlice("file-1002");
    }

    @Test
    void shouldGiveAFileToTheKeyWhoseBatchHasWrittenIt() {
        name("file-1003");
        make("/v1/batches", "{\"input_file_id\":\"file-in\"}", "key-a", "{\"id\":\"batch_1\",\"object\":\"batch\"}");
        upstream.respond(Reply.json(200, "{\"id\":\"batch_1\",\"object\":\"batch\",\"output_file_id\":\"file-1003\"}"));
        request("GET", "/v1/batches/batch_1", "key-a");

        assertBelongsToAlice("file-1003");
    }

    @Test
    void shouldGiveAResponseToTheKeyThatItIsMadeFor() {
        make("/v1/responses", "{\"model\":\"gpt-5\",\"input\":\"x\",\"previous_response_id\":\"resp_8\"}", "key-b", "{\"id\":\"resp_7\",\"object\":\"response\",\"output\":[]}");
        make("/v1/responses", "{\"model\":\"gpt-5\",\"input\":\"secret\"}", "key-a", "{\"id\":\"resp_8\",\"object\":\"response\",\"output\":[]}");

        assertReadable("/v1/responses/resp_8", "key-a", 200);
        assertReadable("/v1/responses/resp_8", "key-b", 404);
        assertThat(post("/v1/responses", "{\"model\":\"gpt-5\",\"input\":\"y\",\"previous_response_id\":\"resp_8\"}", "key-a").status()).isEqualTo(200);
    }

    @Test
    void shouldGiveAnItemToTheKeyThatItIsMadeFor() {
        String named = "{\"model\":\"gpt-5\",\"input\":[{\"type\":\"item_reference\",\"id\":\"msg_8\"}]}";
        make("/v1/responses", named, "key-b", "{\"id\":\"resp_b\",\"object\":\"response\",\"output\":[]}");
        make("/v1/responses", "{\"model\":\"gpt-5\",\"input\":\"secret\"}", "key-a", "{\"id\":\"resp_a\",\"object\":\"response\",\"output\":[{\"id\":\"msg_8\",\"type\":\"message\"}]}");

        assertThat(post("/v1/responses", named, "key-b").status()).isEqualTo(404);
    }

    @Test
    void shouldLetEachKeyHaveAFileThatBothHaveUploadedInParts() {
        make("/v1/uploads/upload_2/complete", "{\"part_ids\":[\"part_1\"]}", "key-a", "{\"id\":\"upload_2\",\"object\":\"upload\",\"file\":{\"id\":\"file-EQUAL\",\"object\":\"file\"}}");
        make("/v1/uploads/upload_3/complete", "{\"part_ids\":[\"part_1\"]}", "key-b", "{\"id\":\"upload_3\",\"object\":\"upload\",\"file\":{\"id\":\"file-EQUAL\",\"object\":\"file\"}}");

        assertReadable("/v1/files/file-EQUAL", "key-a", 200);
        assertReadable("/v1/files/file-EQUAL", "key-b", 200);
    }

    /** Some upstreams number the items of each response. */
    @Test
    void shouldLetEachKeySendBackAnItemWhoseIdAnotherKeyHasToo() {
        String output = "{\"id\":\"resp_%s\",\"object\":\"response\",\"output\":[{\"id\":\"rs_0\",\"type\":\"reasoning\",\"encrypted_content\":\"%s\"}]}";
        String item = "{\"model\":\"gpt-5\",\"input\":[{\"id\":\"rs_0\",\"type\":\"reasoning\",\"summary\":[]}]}";
        make("/v1/responses", "{\"model\":\"gpt-5\",\"input\":\"x\"}", "key-a", output.formatted("0a", "A"));
        assertThat(post("/v1/responses", item, "key-b").status()).isEqualTo(404);

        make("/v1/responses", "{\"model\":\"gpt-5\",\"input\":\"x\"}", "key-b", output.formatted("0b", "B"));

        for (String key : new String[] {"key-a", "key-b"}) {
            assertThat(post("/v1/responses", item, key).status()).isEqualTo(200);
        }
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
        assertReadable("/v1/files/" + file, "key-a", 200);
        assertReadable("/v1/files/" + file, "key-b", 404);
    }

    private RawResponse post(String path, String body, String key) {
        return post(path, "application/json", body, key);
    }

    /** A request that the upstream answers with this object. */
    private void make(String path, String body, String key, String made) {
        upstream.respond(Reply.json(200, made));
        post(path, body, key);
    }

    private void assertReadable(String path, String key, int status) {
        assertThat(request("GET", path, key).status()).as(key).isEqualTo(status);
    }
}
