package dev.openaigateway.faults;

import dev.openaigateway.support.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpResponse;

import static org.assertj.core.api.Assertions.assertThat;

/** Whole responses in JSON as Python writes and reads it. */
class LooseJsonTest extends TwoInstances {

    private static final String CHAT_OF = "{\"id\":\"c\",\"object\":\"chat.completion\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"hi\"},"
            + "\"finish_reason\":\"stop\",\"logprobs\":{\"content\":[{\"token\":\"hi\",\"logprob\":%s}]}}],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":7}}";

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "Infinity", "-Infinity", "\"a\tb\""})
    void shouldPassOnAWholeResponseAsItCame(String value) {
        String json = CHAT_OF.formatted(value);
        first.enqueue(Reply.json(200, json));

        HttpResponse<String> response = chat();

        assertThat(response.body()).isEqualTo(json);
        assertThat(instance(response)).isEqualTo("first");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "-Infinity"})
    void shouldPassOnEmbeddings(String value) {
        String json = "{\"object\":\"list\",\"data\":[{\"object\":\"embedding\",\"index\":0,\"embedding\":[0.5," + value + "]}]}";
        first.enqueue(Reply.json(200, json));

        assertThat(gateway.post("/v1/embeddings", "{\"model\":\"gpt-4o\",\"input\":\"x\"}").body()).isEqualTo(json);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "Infinity"})
    void shouldGiveItTheFormThatWasRequested(String value) {
        String event = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"hi\"},\"logprobs\":{\"content\":[{\"logprob\":" + value + "}]}}]}\n\n";
        first.enqueue(Reply.json(200, CHAT_OF.formatted(value)), Reply.stream(event, lastEvent()));

        assertThat(text(events())).startsWith("data: {").contains("\"content\":\"hi\"").contains("[DONE]");
        assertThat(chat().body()).contains("\"content\":\"hi\"");
        assertThat(requestsToSecond()).isZero();
    }

    @Test
    void shouldRememberTheInstanceOfAResponse() {
        String json = "{\"logprob\":NaN,\"id\":\"resp_loose\",\"object\":\"response\",\"status\":\"completed\",\"output\":[]}";
        first.enqueue(Reply.error(500, "boom", "boom"));
        second.enqueue(Reply.json(200, json), Reply.json(200, json));
        gateway.post("/v1/responses", "{\"model\":\"gpt-4o\",\"input\":\"x\"}");

        assertThat(gateway.get("/v1/responses/resp_loose").body()).isEqualTo(json);

        assertThat(requestsToFirst()).isEqualTo(1);
    }

    /** A text that was cut within a character, as the name of a member. */
    @ParameterizedTest
    @ValueSource(strings = {"\\ud83d", "a\\uD83D b", "\\ude00", "\\ud83d\\ud83d\\ude00", "\\ud83d\\ude00"})
    void shouldReadWhatHasHalfACharacterInAName(String name) {
        String member = "{\"" + name + "\":1,\"b\":\"" + name + "\"}";
        String json = CHAT_OF.formatted(member);
        String event = "data: {\"" + name + "\":1,\"choices\":[{\"index\":0,\"delta\":{\"content\":\"hi\"},\"logprobs\":" + member + ",\"finish_reason\":\"stop\"}]}\n\n";
        first.enqueue(Reply.json(200, json), Reply.stream(event), Reply.json(200, json), Reply.stream(event));

        assertThat(chat().body()).isEqualTo(json);
        assertThat(text(events())).isEqualTo(event);
        assertThat(text(events())).startsWith("data: {").contains("\"content\":\"hi\"").contains("[DONE]");
        assertThat(chat().body()).contains("\"content\":\"hi\"");
        assertThat(requestsToSecond()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nan", "01", "'x'", ""})
    void shouldCallTheNextInstanceWhenItIsNoJson(String value) {
        first.enqueue(Reply.json(200, CHAT_OF.formatted(value)));

        assertThat(instance(chat())).isEqualTo("second");
    }
}
