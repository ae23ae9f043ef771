package dev.openaigateway.affinity;

import dev.openaigateway.support.Reply;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What a key has made stays its own when an upstream repeats the id to another key. */
class FirstOwnerTest extends PassedRequests {

    @Override
    String passed() {
        return "passthrough: [\"*\"]";
    }

    @Test
    void shouldNotGiveAnItemToTheKeyThatListsIt() {
        makeItem("msg_l");

        list("resp_l", "msg_l");

        assertThat(refer("msg_l", "key-b")).isEqualTo(404);
        assertThat(refer("msg_l", "key-a")).isEqualTo(200);
    }

    @Test
    void shouldNotGiveAnItemToTheKeyWhoseResponseRepeatsIt() {
        makeItem("msg_r");

        upstream.respond(Reply.json(200, "{\"id\":\"resp_r\",\"object\":\"response\",\"output\":[{\"id\":\"msg_r\",\"type\":\"message\"}]}"));
        assertThat(post("/v1/responses", "application/json",
                "{\"model\":\"gpt-5\",\"input\":[{\"type\":\"message\",\"role\":\"user\",\"id\":\"msg_r\",\"content\":\"Hi\"}]}", "key-b").status()).isEqualTo(200);

        assertThat(refer("msg_r", "key-b")).isEqualTo(404);
        assertThat(refer("msg_r", "key-a")).isEqualTo(200);
    }

    /** The maker is unknown, as after a restart. */
    @Test
    void shouldNotGiveAnItemToTheKeyThatSendsItsId() {
        upstream.respond(Reply.json(200, "{\"id\":\"resp_u\",\"object\":\"response\",\"output\":[{\"id\":\"msg_u\",\"type\":\"message\"}]}"));
        assertThat(post("/v1/responses", "application/json",
                "{\"model\":\"gpt-5\",\"input\":[{\"type\":\"message\",\"role\":\"user\",\"id\":\"msg_u\",\"content\":\"Hi\"}]}", "key-b").status()).isEqualTo(200);
        list("resp_u", "msg_u");

        assertThat(refer("msg_u", "key-a")).isEqualTo(200);
    }

    @Test
    void shouldLetAllKeysUseAFileThatTheyHaveSent() {
        assertThat(upload("key-a", "file-DEDUP1")).isEqualTo(200);
        assertThat(upload("key-b", "file-DEDUP1")).isEqualTo(200);

        for (String key : new String[] {"key-a", "key-b"}) {
            assertThat(request("GET", "/v1/files/file-DEDUP1", key).status()).isEqualTo(200);
            upstream.respond(Reply.json(200, "{\"data\":[{\"id\":\"file-DEDUP1\"}]}"));
            assertThat(request("GET", "/v1/files", key).text()).contains("file-DEDUP1");
        }
    }

    @Test
    void shouldKeepTheFileOfOneKeyWhenAnotherDeletesItsOwn() {
        upload("key-a", "file-DEDUP2");
        upload("key-b", "file-DEDUP2");

        assertThat(request("DELETE", "/v1/files/file-DEDUP2", "key-b").status()).isEqualTo(200);

        assertThat(request("GET", "/v1/files/file-DEDUP2", "key-b").status()).isEqualTo(404);
        assertThat(request("GET", "/v1/files/file-DEDUP2", "key-a").status()).isEqualTo(200);
    }

    @Test
    void shouldKeepTheFileOfTheOtherKeyWhenTheFirstDeletesItsOwn() {
        upload("key-a", "file-DEDUP3");
        upload("key-b", "file-DEDUP3");

        assertThat(request("DELETE", "/v1/files/file-DEDUP3", "key-a").status()).isEqualTo(200);

        upstream.respond(Reply.json(200, "{\"data\":[{\"id\":\"file-DEDUP3\"}]}"));
        assertThat(request("GET", "/v1/files", "key-b").text()).contains("file-DEDUP3");
        assertThat(request("GET", "/v1/files/file-DEDUP3", "key-b").status()).isEqualTo(200);
        assertThat(request("GET", "/v1/files/file-DEDUP3/content", "key-a").status()).isEqualTo(404);
    }

    @Test
    void shouldNotGiveAFileToTheKeyThatOnlyNamesIt() {
        upload("key-a", "file-NAMED");

        upstream.respond(Reply.json(200, "{\"id\":\"file-NAMED\"}"));
        post("/v1/files", "application/json", "{\"id\":\"file-NAMED\"}", "key-b");
        sendFile("file-NAMED", "key-b");

        assertThat(request("GET", "/v1/files/file-NAMED", "key-b").status()).isEqualTo(404);
        assertThat(request("GET", "/v1/files/file-NAMED", "key-a").status()).isEqualTo(200);
    }

    private void makeItem(String id) {
        upstream.respond(Reply.json(200, "{\"id\":\"resp_of_" + id + "\",\"object\":\"response\",\"output\":[{\"id\":\"" + id + "\",\"type\":\"message\"}]}"));
        assertThat(post("/v1/responses", "application/json", "{\"model\":\"gpt-5\",\"input\":\"Hi\"}", "key-a").status()).isEqualTo(200);
    }

    private void list(String response, String item) {
        upstream.respond(Reply.json(200, "{\"object\":\"list\",\"data\":[{\"id\":\"" + item + "\",\"type\":\"message\"}],\"has_more\":false}"));
        assertThat(request("GET", "/v1/responses/" + response + "/input_items", "key-b").status()).isEqualTo(200);
    }

    private int refer(String item, String key) {
        upstream.respond(Reply.json(200, "{\"id\":\"resp_after\",\"object\":\"response\",\"output\":[]}"));
        return post("/v1/responses", "application/json", "{\"model\":\"gpt-5\",\"input\":[{\"type\":\"item_reference\",\"id\":\"" + item + "\"}]}", key).status();
    }

    private int upload(String key, String id) {
        upstream.respond(Reply.json(200, "{\"id\":\"" + id + "\",\"object\":\"file\"}"));
        return sendFile("content", key).status();
    }
}
