package dev.openaigateway.faults;

import dev.openaigateway.support.Gate;
import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Upstreams that quote their key under a status of success, in responses to requests that are passed through. */
class PassedKeyTest extends TwoInstances {

    private static final String KEY = "abc+def/ghi=first";
    private static final String BEGIN = "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"content\":[{\"text\":\"" + KEY + "\"}]}}\n\n";
    private static final String DELTA = "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"delta\":{\"text\":\"" + KEY + "\",\"error\":\"" + KEY + "\"}}\n\n";

    @Override
    String settings() throws Exception {
        return super.settings().replace("key-of-first", KEY);
    }

    @Override
    String ofInstances() {
        return ", passthrough: [\"*\"]";
    }

    @ParameterizedTest
    @ValueSource(strings = {"event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"authentication_error\",\"message\":\"invalid x-api-key KEY\"}}\n\n",
        "data: {\"error\":\"bad KEY\"}\n\n", "data: [{\"error\":{\"message\":\"bad KEY\"}}]\n\n", "data: {\"type\":\"error\",\"message\":\"bad KEY\"}\n\n", "event: thread.error\ndata: KEY\n\n",
        ": KEY\n\n", "id: KEY\ndata: {}\n\n", "error: KEY\n\n", "data: {\"a\":1}\nretry: KEY\n\n", "data: {\"last_error\":{\"message\":\"bad KEY\"}}\n\n",
        "event: x\ndata: {\"run\":{\"content\":[{\"text\":\"a\"}],\"warnings\":[\"KEY\"]}}\n\n"})
    void shouldMaskTheKeyInWhatEventsSayOfErrors(String event) {
        for (String key : new String[] {KEY, KEY.replace("/", "\\/"), KEY.replace("+", "\\u002B")}) {
            for (int length : new int[] {7, 100_000}) {
                String stream = BEGIN + event.replace("KEY", key) + DELTA;
                first.enqueue(Reply.stream(stream).inPieces(length));

                assertThat(streamed()).isEqualTo(BEGIN + event.replace("KEY", "****") + DELTA);
            }
        }
    }

    /** Without the last blank line. */
    @Test
    void shouldMaskTheKeyInTheLastEvent() {
        first.enqueue(Reply.stream(BEGIN + "data: {\"error\":\"bad " + KEY + "\"}\n"));

        assertThat(streamed()).isEqualTo(BEGIN + "data: {\"error\":\"bad ****\"}\n");
    }

    /** The key arrives in two parts. */
    @Test
    void shouldHoldAnEventUntilItIsComplete() {
        Gate gate = new Gate();
        first.enqueue(Reply.stream(BEGIN + "data: {\"error\":\"bad abc+", "def/ghi=first\"}\n\n").gated(gate));
        gate.release();

        try (RawClient client = runs()) {
            client.head();
            assertThat(client.event().raw()).isEqualTo(BEGIN);
            gate.release();
            assertThat(client.event().raw()).isEqualTo("data: {\"error\":\"bad ****\"}\n\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"error\":{\"message\":\"bad KEY\"}}", "[{\"error\":{\"message\":\"bad KEY\"}}]", "{\"id\":\"x\",\"warning\":\"KEY\"}", "{\"message\":\"bad KEY\"}",
        "{\"id\":\"batch_1\",\"object\":\"batch\",\"errors\":{\"object\":\"list\",\"data\":[{\"code\":\"x\",\"message\":\"bad KEY\"}]},\"metadata\":{\"a\":\"b\"}}",
        "{\"object\":\"list\",\"data\":[{\"id\":\"run_1\",\"content\":[{\"error\":\"a\"}],\"last_error\" : {\"message\":\"bad KEY\"}}]}", "{\"detail\":\"KEY"})
    void shouldMaskTheKeyInWhatJsonSaysOfErrors(String json) {
        for (String key : new String[] {KEY, KEY.replace("/", "\\/"), KEY.replace("+", "\\u002B")}) {
            first.enqueue(Reply.json(200, json.replace("KEY", key)));
            assertThat(gateway.get("/v1/batches/batch_1").body()).isEqualTo(json.replace("KEY", "****"));

            first.enqueue(Reply.json(200, json.replace("KEY", key)));
            assertThat(gateway.post("/v1/acme/do", "{}").body()).isEqualTo(json.replace("KEY", "****"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"content\":[{\"text\":\"KEY\",\"error\":\"KEY\"}],\"role\":\"assistant\"}", "{\"message\":{\"content\":\"KEY\"}}", "{\"input\":{\"error\":\"KEY\"}}"})
    void shouldNotChangeContent(String json) {
        first.enqueue(Reply.json(200, json.replace("KEY", KEY)));

        assertThat(gateway.post("/v1/messages", "{}").body()).isEqualTo(json.replace("KEY", KEY));
    }

    @Test
    void shouldNotChangeTheContentOfAFile() {
        String file = "{\"error\":{\"message\":\"" + KEY + "\"}}\n";
        for (String type : new String[] {"application/octet-stream", "application/json", "text/event-stream"}) {
            first.enqueue(Reply.body(200, type, file.getBytes()));

            assertThat(gateway.get("/v1/files/file-1/content").body()).isEqualTo(file);
        }
    }

    private RawClient runs() {
        return client().post("/v1/messages", "{\"stream\":true}");
    }

    private String streamed() {
        try (RawClient client = runs()) {
            return client.response().text();
        }
    }
}
