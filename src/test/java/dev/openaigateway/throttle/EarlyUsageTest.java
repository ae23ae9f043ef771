package dev.openaigateway.throttle;

import dev.openaigateway.support.Gate;
import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.StreamReply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.stream.Collectors;
import java.util.stream.Stream;

import static dev.openaigateway.throttle.PricedRequest.PROMPT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** The charge and the record of streams that report usage before their end, as some servers do in the first event or in each. */
class EarlyUsageTest extends OneLimitedInstance {

    private static final String CHAT = "/v1/chat/completions";
    private static final String RESPONSES = "/v1/responses";
    private static final String IMAGES = "/v1/images/generations";
    private static final String OF_RESPONSES = "{\"model\":\"gpt-4o\",\"input\":\"Hello!\",\"stream\":true,\"max_output_tokens\":400}";
    private static final String TWO_IMAGES = "{\"model\":\"gpt-image-1\",\"prompt\":\"Hello!\",\"stream\":true,\"n\":2}";
    private static final String FINISHED = chat("", "\"stop\"", "");
    private static final String DONE = "data: [DONE]\n\n";
    private static final String CREATED = event("response.created", "\"response\":{\"id\":\"resp_1\",\"status\":\"in_progress\",\"usage\":{\"input_tokens\":10,\"output_tokens\":0}}");
    private static final String PIECE = event("response.output_text.delta", "\"item_id\":\"m\",\"delta\":\" Hello\"");
    private static final String PARTIAL = event("image_generation.partial_image", "\"b64_json\":\"A\",\"usage\":{\"input_tokens\":10,\"output_tokens\":0}");

    static Stream<Arguments> streams() {
        return Stream.of(
                arguments("in the first event, then broken", Reply.stream(word(10, 0), word(), word(), FINISHED, DONE).closeAfter(3), 10 + 3),
                arguments("in the first event only", Reply.stream(word(10, 0), word(), word(), FINISHED, DONE), 10 + 3),
                arguments("in the first event only, without a finish reason", Reply.stream(word(10, 0), word(), word(), DONE), 10 + 3),
                arguments("before the content only", Reply.stream(usage(10, 0), word(), word(), FINISHED, DONE), 10 + 2),
                arguments("in the first event, and zeros at the end", Reply.stream(word(10, 0), word(), FINISHED, usage(0, 0), DONE), 10 + 2),
                arguments("in the first event, and at the end", Reply.stream(word(10, 0), word(), FINISHED, usage(10, 31), DONE), 41),
                arguments("in the first event, and with the finish reason", Reply.stream(word(10, 0), word(), chat("", "\"stop\"", usageOf(10, 31)), DONE), 41),
                arguments("of less than the text, at the end", Reply.stream(word(), word(), word(), FINISHED, usage(5, 2), DONE), 7),
                arguments("of less than the text, before the mark of the end", Reply.stream(word(), word(), word(), usage(5, 2), DONE), 7),
                arguments("in each event", Reply.stream(word(5, 1), word(5, 2), chat("", "\"stop\"", usageOf(5, 2)), DONE), 7),
                arguments("in each event, with reasoning, then broken", Reply.stream(word(10, 51), word(10, 52), FINISHED, DONE).closeAfter(2), 62),
                arguments("in each event, without a change, then broken", Reply.stream(word(5, 0), word(5, 0), FINISHED, DONE).closeAfter(2), PROMPT + 2),
                arguments("in each event for itself", Reply.stream(word(10, 1), word(0, 1), word(0, 1), FINISHED, DONE), PROMPT + 3));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("streams")
    void shouldChargeTheTextUnlessTheUsageIsThatOfTheWholeResponse(String what, StreamReply reply, int used) {
        upstream.enqueue(reply);

        gateway.post(CHAT, PricedRequest.stream(200));

        assertUsed(used);
    }

    @Test
    void shouldChargeTheTextThatTheClientGotBeforeItLeft() {
        Gate gate = new Gate();
        upstream.enqueue(Reply.stream(word(10, 0), word(), word(), word(), FINISHED, DONE).gated(gate));
        int before = upstream.aborts().size();
        RawClient client = RawClient.connect(gateway.port()).post(CHAT, PricedRequest.stream(200));
        gate.release(3);
        client.head();
        for (int i = 0; i < 3; i++) {
            client.event();
        }

        client.abort();

        upstream.awaitAborted(before + 1);
        assertUsed(10 + 3);
    }

    @Test
    void shouldChargeTheTextOfACompletion() {
        upstream.enqueue(Reply.stream("data: {\"choices\":[{\"index\":0,\"text\":\" Hello\"}]" + usageOf(10, 0) + "}\n\n",
                "data: {\"choices\":[{\"index\":0,\"text\":\" Hello\",\"finish_reason\":\"stop\"}]}\n\n", DONE));

        gateway.post("/v1/completions", "{\"model\":\"gpt-4o\",\"prompt\":\"Hello!\",\"stream\":true,\"max_tokens\":100}");

        assertUsed(10 + 2);
    }

    @Test
    void shouldChargeTheTextOfAllChoices() {
        upstream.enqueue(Reply.stream(chat(" Hello", "\"stop\"", usageOf(10, 1)), "data: {\"choices\":[{\"index\":1,\"delta\":{\"content\":\" Hello\"}}]}\n\n").closeAfter(2));

        gateway.post(CHAT, PricedRequest.stream(200).replaceFirst("\\{", "{\"n\":2,"));

        assertUsed(10 + 2);
    }

    @Test
    void shouldChargeTheTextOfAResponse() {
        upstream.enqueue(Reply.stream(CREATED, PIECE, PIECE).closeAfter(3));
        gateway.post(RESPONSES, OF_RESPONSES);
        assertUsed(12);

        upstream.enqueue(Reply.stream(CREATED, PIECE, PIECE, completed("null")));
        gateway.post(RESPONSES, OF_RESPONSES);
        assertUsed(24);

        upstream.enqueue(Reply.stream(CREATED, PIECE, PIECE, completed("{\"input_tokens\":10,\"output_tokens\":1}")));
        gateway.post(RESPONSES, OF_RESPONSES);
        assertUsed(35);
    }

    @Test
    void shouldKeepTheReservationOfABackgroundResponse() {
        upstream.enqueue(Reply.stream(CREATED, PIECE, PIECE).closeAfter(2));

        try (RawClient client = RawClient.connect(gateway.port())) {
            client.post(RESPONSES, OF_RESPONSES.replaceFirst("\\{", "{\"background\":true,")).head();

            awaitCharged(PROMPT + 400);
        }
    }

    /** The client did not request a stream. */
    @Test
    void shouldChargeTheTextWhereAStreamBecomesAResponse() {
        upstream.enqueue(Reply.stream(word(10, 0), word(), FINISHED, DONE));
        gateway.post(CHAT, PricedRequest.body(200));
        assertUsed(12);

        upstream.enqueue(Reply.stream(word(10, 0), word(), FINISHED, usage(10, 31), DONE));
        gateway.post(CHAT, PricedRequest.body(200));
        assertUsed(53);
    }

    @Test
    void shouldChargeTheUsageOfAnImageOnce() {
        String completed = event("image_generation.completed", "\"b64_json\":\"B\",\"usage\":{\"input_tokens\":10,\"output_tokens\":100}");
        upstream.enqueue(Reply.stream(PARTIAL, completed));
        gateway.post(IMAGES, "{\"model\":\"gpt-image-1\",\"prompt\":\"Hello!\",\"stream\":true}");
        assertUsed(110);

        upstream.enqueue(Reply.stream(PARTIAL, completed, PARTIAL, completed));
        gateway.post(IMAGES, TWO_IMAGES);
        assertUsed(330);

        upstream.enqueue(Reply.stream(PARTIAL, completed, PARTIAL).closeAfter(3));
        gateway.post(IMAGES, TWO_IMAGES);
        assertUsed(450);
    }

    @Test
    void shouldChargeTheUsageOfATranscriptAtItsEnd() {
        upstream.enqueue(Reply.stream(event("transcript.text.delta", "\"delta\":\"Hello\",\"usage\":{\"input_tokens\":10,\"output_tokens\":0}"),
                event("transcript.text.done", "\"text\":\"Hello\",\"usage\":{\"input_tokens\":30,\"output_tokens\":4}")));

        String form = Stream.of("\"model\"\r\n\r\nwhisper-1", "\"stream\"\r\n\r\ntrue", "\"file\"; filename=\"a.wav\"\r\n\r\nx")
                .map(part -> "--b\r\nContent-Disposition: form-data; name=" + part + "\r\n").collect(Collectors.joining("", "", "--b--\r\n"));
        try (RawClient client = RawClient.connect(gateway.port())) {
            assertThat(client.post("/v1/audio/transcriptions", form, "Content-Type: multipart/form-data; boundary=b").response().status()).isEqualTo(200);
        }

        assertUsed(34);
    }

    private void assertUsed(int used) {
        awaitCharged(used);
        assertThat(recorded()).as("recorded tokens").isEqualTo(used);
    }

    private static String word() {
        return chat(" Hello", "null", "");
    }

    private static String word(int prompt, int completion) {
        return chat(" Hello", "null", usageOf(prompt, completion));
    }

    private static String usage(int prompt, int completion) {
        return "data: {\"choices\":[]" + usageOf(prompt, completion) + "}\n\n";
    }

    private static String usageOf(int prompt, int completion) {
        return ",\"usage\":{\"prompt_tokens\":%d,\"completion_tokens\":%d}".formatted(prompt, completion);
    }

    private static String chat(String text, String finish, String more) {
        return "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text + "\"},\"finish_reason\":" + finish + "}]" + more + "}\n\n";
    }

    private static String completed(String usage) {
        return event("response.completed", "\"response\":{\"id\":\"resp_1\",\"status\":\"completed\",\"output\":[],\"usage\":" + usage + "}");
    }

    private static String event(String type, String members) {
        return "data: {\"type\":\"" + type + "\"," + members + "}\n\n";
    }
}
