package dev.openaigateway.affinity;

import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.RawResponse;
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

import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;

/** A request that refers to a file goes to the instance that keeps the file, and is refused if another key has made it. */
@GatewayTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FileOwnersTest {

    private static final AtomicInteger IDS = new AtomicInteger();
    private static final String CHAT = "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"file\",\"file\":{\"file_id\":\"ID\"}}]}]}";
    private static final String BOUNDARY = "multipart/form-data; boundary=b";

    private final ScriptedUpstream one = ScriptedUpstream.start();
    private final ScriptedUpstream two = ScriptedUpstream.start();
    private TestGateway gateway;

    @BeforeAll
    void start() {
        gateway = TestGateway.start("""
                clients: { keys: [{ name: alice, key: key-a }, { name: bob, key: key-b }] }
                routing: { strategy: failover, affinity: none }
                instances:
                  - { name: one, provider_type: generic, api_base: "%s" }
                  - { name: two, provider_type: generic, api_base: "%s", passthrough: ["*"] }
                """.formatted(one.uri(), two.uri()));
    }

    @AfterAll
    void stop() {
        gateway.close();
        one.close();
        two.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "/v1/chat/completions | {'model':'gpt-4o','messages':[{'role':'user','content':[{'type':'file','file':{'file_id':'ID'}}]}]}",
        "/v1/chat/completions | {'messages':[{'role':'user','content':[{'file':{'file\\u005fid':'ID'},'type':'file'}]}],'model':'gpt-4o','stream':true}",
        "/openai/deployments/gpt-4o/chat/completions | {'messages':[{'role':'user','content':[{'type':'file','file':{'file_id':'ID'}}]}]}",
        "/v1/responses | {'model':'gpt-4o','input':[{'role':'user','content':[{'type':'input_file','file_id':'ID'}]}]}",
        "/v1/responses | {'model':'gpt-4o','input':'Hi','tools':[{'type':'code_interpreter','container':{'type':'auto','file_ids':['ID']}}]}",
        "/v1/images/edits | {'model':'gpt-image-1','prompt':'A cat','images':[{'file_id':'ID'}]}",
        "/v1/vector_stores | {'name':'docs','file_ids':['ID']}",
        "/v1/batches | {'input_file_id':'ID','endpoint':'/v1/responses','completion_window':'24h'}",
        "/v1/evals/eval_1/runs | {'data_source':{'type':'jsonl','source':{'type':'file_id','id':'ID'}}}",
        "/v1/evals/eval_1/runs | {'data_source':{'source':{'id':'ID','type':'file_id'},'type':'jsonl'}}",
        "/v1/conversations | {'items':[{'type':'message','role':'user','content':[{'type':'input_image','file_id':'ID'}]}]}"
    })
    void shouldGoToTheInstanceOfTheFileForItsKeyOnly(String path, String text) {
        String file = create("/v1/files");
        String body = text.replace('\'', '"').replace("ID", file);

        RawResponse own = post(path, "application/json", body, "key-a");
        int before = one.requests().size() + two.requests().size();
        RawResponse foreign = post(path, "application/json", body, "key-b");

        assertThat(own.header("x-gateway-instance")).isEqualTo("two");
        assertThat(foreign.status()).isEqualTo(404);
        assertThat(foreign.text()).contains("File with id '" + file + "' not found.");
        assertThat(one.requests().size() + two.requests().size()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "vector_stores, files | application/json | {\"file_id\":\"ID\"}", "vector_stores, files | text/plain | {\"file_id\":\"ID\"}",
        "vector_stores, file_batches | application/json | {\"files\":[{\"file_id\":\"ID\"}]}",
        "containers, files | multipart/form-data; boundary=b | --b~Content-Disposition: form-data; name=\"file_id\"~~ID~--b--~",
        "conversations, items | application/json | {\"items\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_file\",\"file_id\":\"ID\"}]}]}"
    })
    void shouldNotPutTheFileOfAnotherKeyIntoAnObject(String names, String type, String body) {
        String file = create("/v1/files");
        String[] parts = names.split(", ");
        String mine = create("/v1/" + parts[0], "key-b");
        int before = two.requests().size();

        RawResponse refused = post("/v1/" + parts[0] + "/" + mine + "/" + parts[1], type, body.replace("ID", file).replace("~", "\r\n"), "key-b");

        assertThat(refused.status()).isEqualTo(404);
        assertThat(refused.text()).contains("File with id '" + file + "' not found.");
        assertThat(two.requests()).hasSize(before);
    }

    @Test
    void shouldRefuseTheFileOfAnotherKeyInAForm() {
        String file = create("/v1/files");
        String form = "--b\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\ngpt-image-1\r\n"
                + "--b\r\nContent-Disposition: form-data; name=\"image[0][file_id]\"\r\n\r\n" + file + "\r\n--b--\r\n";

        assertThat(post("/v1/images/edits", BOUNDARY, form, "key-b").status()).isEqualTo(404);
        assertThat(post("/v1/images/edits", BOUNDARY, form, "key-a").header("x-gateway-instance")).isEqualTo("two");
    }

    @ParameterizedTest
    @ValueSource(strings = {"file_ids[]", "image[file_id]"})
    void shouldRefuseTheFileOfAnotherKeyInAFieldThatIsRepeated(String field) {
        String part = "--b\r\nContent-Disposition: form-data; name=\"" + field + "\"\r\n\r\n%s\r\n";
        String form = part.formatted(create("/v1/files")) + part.formatted("file-unknown1") + "--b--\r\n";

        assertThat(post("/v1/containers", BOUNDARY, form, "key-b").status()).isEqualTo(404);
    }

    @Test
    void shouldFindAForeignFileAmongManyReferences() {
        String file = create("/v1/files");
        String others = "\"file-x\",".repeat(600) + "\"file-y\"";

        assertThat(post("/v1/vector_stores", "application/json", "{\"file_ids\":[\"" + file + "\"," + others + "]}", "key-b").status()).isEqualTo(404);
        StringBuilder distinct = new StringBuilder("\"" + file + "\"");
        for (int i = 0; i < 10_000; i++) {
            distinct.append(",\"f").append(i).append('"');
        }
        RawResponse tooMany = post("/v1/vector_stores", "application/json", "{\"file_ids\":[" + distinct + "]}", "key-b");
        assertThat(tooMany.status()).isEqualTo(400);
        assertThat(tooMany.text()).contains("too_many_references");
    }

    @Test
    void shouldNotChangeTheVideoOfAnotherKey() {
        String edit = "{\"prompt\":\"Darker\",\"video\":{\"id\":\"" + create("/v1/videos") + "\"}}";

        assertThat(post("/v1/videos/edits", "application/json", edit, "key-b").status()).isEqualTo(404);
        assertThat(post("/v1/videos/edits", "application/json", edit, "key-a").header("x-gateway-instance")).isEqualTo("two");
    }

    @Test
    void shouldNotUseTheItemsOfTheConversationOfAnotherKey() {
        String conversation = create("/v1/conversations");
        two.respond(Reply.json(200, "{\"object\":\"list\",\"data\":[{\"id\":\"msg_c\",\"type\":\"message\"}]}"));
        post("/v1/conversations/" + conversation + "/items", "application/json", "{\"items\":[]}", "key-a");
        two.respond(Reply.chat("Hello"));

        assertReadBy("msg_c", "two");
    }

    @Test
    void shouldNotUseTheInputItemsOfTheResponseOfAnotherKey() {
        one.respond(Reply.json(200, "{\"object\":\"list\",\"data\":[{\"id\":\"msg_i\",\"type\":\"message\"}]}"));
        try (RawClient client = RawClient.connect(gateway.port())) {
            client.request("GET", "/v1/responses/resp_i/input_items", new byte[0], "api-key: key-a").response();
        }
        one.respond(Reply.chat("Hello"));

        assertReadBy("msg_i", "one");
    }

    private void assertReadBy(String item, String instance) {
        String body = "{\"model\":\"gpt-4o\",\"input\":[{\"type\":\"item_reference\",\"id\":\"" + item + "\"}]}";
        assertThat(post("/v1/responses", "application/json", body, "key-b").status()).isEqualTo(404);
        assertThat(post("/v1/responses", "application/json", body, "key-a").header("x-gateway-instance")).isEqualTo(instance);
    }

    /** Made by hand at the second instance. */
    @Test
    void shouldRememberWhereAFileIsThatWasMadeElsewhere() {
        String file = "file-by-hand";
        one.respond(Reply.error(400, "file_not_found", "No such File object: " + file));
        two.respond(Reply.chat("Hi"));
        try {
            assertThat(post("/v1/chat/completions", "application/json", CHAT.replace("ID", file), "key-a").header("x-gateway-instance")).isEqualTo("two");
            int before = one.requests().size();
            assertThat(post("/v1/chat/completions", "application/json", CHAT.replace("ID", file), "key-b").header("x-gateway-instance")).isEqualTo("two");
            assertThat(one.requests()).hasSize(before);
        } finally {
            one.respond(Reply.chat("Hello"));
        }
    }

    private String create(String path) {
        return create(path, "key-a");
    }

    private String create(String path, String key) {
        String id = "obj-" + IDS.incrementAndGet();
        two.respond(Reply.json(200, "{\"id\":\"" + id + "\",\"object\":\"thing\"}"));
        assertThat(post(path, "application/json", "{}", key).status()).isEqualTo(200);
        two.respond(Reply.chat("Hello"));
        return id;
    }

    private RawResponse post(String path, String type, String body, String key) {
        return PassedRequests.post(gateway, path, type, body, key);
    }
}
