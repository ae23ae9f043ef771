package dev.openaigateway.faults;

import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.RawResponse;
import dev.openaigateway.support.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Upstreams that write an error into a stream elsewhere than in the data of an event, or beside content, and quote their key and host. */
class StrayErrorTest extends TwoInstances {

    private static final String DONE = "data: [DONE]\n\n";
    private static final String LLAMA = "error: {\"code\":%d,\"message\":\"%s\",\"type\":\"server_error\"}\n\n";
    private static final String DELTA = "data: {\"type\":\"response.output_text.delta\",\"delta\":\"half\"}\n\n";
    private static final int MEGABYTE = 1024 * 1024;

    /** What an upstream says of a failure. */
    private String said() {
        return "key-of-first is wrong at " + first.uri() + "/v1";
    }

    private static String masked(String said) {
        return said.replaceAll("key-of-first is wrong at http://127.0.0.1:\\d+", "**** is wrong at http://****");
    }

    @ParameterizedTest
    @ValueSource(strings = {"data: %s\n\n", "data: {%s\n\n", "data: \"%s\"\n\n", ": %s\n\n", "%s\n\n", "warning: %s\n\n", ": %s\ndata: {\"choices\":[]}\n\n",
        "id: 7\nevent: x\ndata: {\"choices\":[],\ndata: \"route\":{\"error\":{\"message\":\"%s\"}}}\n\n",
        "data: {\"detail\":\"%s\"}\n\n", "data: {\"message\":\"%s\"}\n\n", "data: {\"choices\":[],\"route\":{\"error\":{\"message\":\"%s\"}}}\n\n"})
    void shouldMaskWhatIsNoEventOfOpenAi(String form) {
        String whole = event("curl " + first.uri() + " -H key-of-first") + form.formatted(said()) + lastEvent() + ": " + said() + "\n" + DONE + ": " + said() + "\n\n";
        first.enqueue(Reply.stream(whole));

        assertThat(stream()).isEqualTo(masked(whole));
    }

    @ParameterizedTest
    @ValueSource(strings = {"data: %s\n\n", "data: {\"detail\":\"%s\"}\n\n", ": %s\n\n", "event: %s\n\n"})
    void shouldMaskWhatIsHeldBeforeTheContent(String form) {
        String whole = form.formatted(said()) + event("x") + lastEvent() + DONE;
        first.enqueue(Reply.stream(whole));

        assertThat(stream()).isEqualTo(masked(whole));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "data: [DONE]\n\n", ": x\n\n"})
    void shouldEndAStreamAtAnErrorOfLlama(String after) {
        first.enqueue(Reply.stream(event("half") + LLAMA.formatted(500, said()) + after));

        assertThat(stream()).isEqualTo(event("half") + "data: {\"error\":{\"code\":500,\"message\":\"" + masked(said()) + "\",\"type\":\"server_error\"}}\n\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"error\":{\"message\":\"%s\",\"code\":502}}\n\n", "{\n  \"error\": {\n    \"message\": \"%s\"\n  }\n}", "{\"error\":\"%s\"}", "error: %s\n\n"})
    void shouldEndAStreamAtAnErrorWithoutAField(String form) {
        first.enqueue(Reply.stream(event("half") + form.formatted(said())));

        assertThat(stream()).startsWith(event("half") + "data: {").contains(masked(said()), "error").doesNotContain("key-of-first", "stream ended");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/event-stream", "text/plain"})
    void shouldBenchAnInstanceAtALimitOfLlama(String type) {
        first.enqueue(Reply.body(200, type, LLAMA.formatted(429, "slow down").getBytes()));
        second.enqueue(Reply.stream(event("good"), lastEvent()));

        assertThat(stream()).isEqualTo(event("good") + lastEvent());
        assertThat(instance(chat())).as("first is benched").isEqualTo("second");
    }

    @Test
    void shouldPassOnARefusalOfLlama() {
        first.enqueue(Reply.stream(": ping\n\n" + LLAMA.replace("server_error", "exceed_context_size_error").formatted(400, "too long")));
        first.enqueue(Reply.stream(LLAMA.replace("server_error", "exceed_context_size_error").formatted(400, "too long")));

        assertThat(stream()).contains("too long");
        try (RawClient client = streaming()) {
            RawResponse response = client.response();
            assertThat(response.status()).isEqualTo(400);
            assertThat(response.text()).contains("exceed_context_size_error", "too long");
        }
        assertThat(requestsToSecond()).isZero();
    }

    /** The client has requested JSON. */
    @Test
    void shouldCallTheNextInstanceForAnErrorOfLlamaInAStreamThatIsAssembled() {
        first.enqueue(Reply.stream(event("half") + LLAMA.formatted(500, said()) + DONE));

        assertThat(instance(chat())).isEqualTo("second");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "response.completed | \"response\":{\"id\":\"resp_1\",\"output\":[{\"text\":\"key-of-first\",\"error\":\"%1$s\"}],\"error\":{\"message\":\"%1$s\"}}",
        "response.output_item.done | \"item\":{\"id\":\"ig_1\",\"type\":\"image_generation_call\",\"result\":\"key-of-first\",\"error\":{\"message\":\"%1$s\"}}",
        "response.output_item.added | \"item\":{\"id\":\"mcp_1\",\"type\":\"mcp_call\",\"arguments\":\"key-of-first\",\"error\":\"%1$s\"}"})
    void shouldMaskAnErrorBesideContent(String type, String members) {
        String event = typed(type, members.formatted(said()));
        String whole = DELTA + event + (type.endsWith("completed") ? "" : typed("response.completed", "\"response\":{}"));
        first.enqueue(Reply.stream(whole));

        assertThat(responses()).isEqualTo(masked(whole));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "data: {\"error\":{\"message\":\"%1$s %2$s\"}}\n\n", "data: {\"x\":\"%2$s\",\"error\":{\"message\":\"%1$s\"}}\n\n", "data: %1$s %2$s %1$s\n\n",
        "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"key-of-first %2$s\"},\"finish_reason\":\"error\",\"error\":{\"message\":\"%2$s%1$s\"}}],\"route\":\"%1$s\"}\n\n",
        ": %2$s %1$s\n\n"})
    void shouldMaskWhatIsTooLongToBeHeld(String form) {
        for (int length : new int[] {3 * MEGABYTE, 3 * MEGABYTE + 8200}) {
            String whole = event("half") + form.formatted(said(), "x".repeat(length)) + lastEvent() + DONE;
            first.enqueue(Reply.stream(whole).inPieces(100_003));

            assertThat(stream().equals(masked(whole))).isTrue();
        }
    }

    /** What is generated beside it passes as it is. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"responses | \"object\":\"response\",\"status\":\"completed\",\"output\":[{\"type\":\"message\",\"content\":[{\"text\":\"%1$s\"}]}]",
        "embeddings | \"data\":[{\"embedding\":\"AAAA\"}]", "images/generations | \"data\":[{\"url\":\"%1$s/a.png\"}]", "chat/completions | \"choices\":[{\"message\":{\"content\":\"%1$s\"}}]"})
    void shouldMaskAWarningBesideAResult(String path, String result) {
        String uri = first.uri().toString();
        String body = "{\"warnings\":[{\"text\":\"%s\"}]," + result.formatted(uri) + ",\"Warning\":\"%s\",\"usage\":null}";
        first.enqueue(Reply.json(200, body.formatted(said(), said())));

        assertThat(gateway.post("/v1/" + path, "{\"model\":\"gpt-4o\",\"input\":\"Hi\",\"prompt\":\"Hi\",\"messages\":[]}").body()).isEqualTo(body.formatted(masked(said()), masked(said())));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"responses | \"object\":\"response\",\"status\":\"completed\",\"output\":[{\"type\":\"message\",\"content\":[{\"text\":\"%1$s\"}]}]",
        "embeddings | \"data\":[{\"embedding\":\"%1$s\"}]", "images/generations | \"data\":[{\"url\":\"%1$s/a.png\"}]",
        "chat/completions | \"choices\":[{\"message\":{\"content\":\"%1$s\"}}]"})
    void shouldMaskAWarningBesideALongResult(String path, String result) {
        String body = "{\"warnings\":[{\"text\":\"%s\"}]," + result.formatted(first.uri() + "x".repeat(3 * MEGABYTE)) + ",\"Warning\":\"%s\",\"usage\":null}";
        first.enqueue(Reply.json(200, body.formatted(said(), said())));

        String sent = gateway.post("/v1/" + path, "{\"model\":\"gpt-4o\",\"input\":\"Hi\",\"prompt\":\"Hi\",\"messages\":[]}").body();
        assertThat(sent.equals(body.formatted(masked(said()), masked(said())))).isTrue();
    }

    @Test
    void shouldMaskTheErrorOfAChoiceInALongResponseToAnyOperation() {
        String body = "{\"data\":[{\"embedding\":\"" + "x".repeat(3 * MEGABYTE) + "\"}],\"choices\":[{\"text\":\"key-of-first\",\"error\":{\"message\":\"%s\"}}]}";
        first.enqueue(Reply.json(200, body.formatted(said())));

        assertThat(gateway.post("/v1/embeddings", "{\"model\":\"gpt-4o\",\"input\":\"Hi\"}").body().equals(body.formatted(masked(said())))).isTrue();
    }

    /** The key of the second one crosses the end of what is shown of the message. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"100000 | '{\"message\":\"%1$s %2$s\",\"code\":502}'", "3000000 | '{\"code\":502,\"message\":\"%1$s %2$s\"}'", "3000000 | '%3$s%1$s %2$s'"})
    void shouldReportALongErrorInItsField(int length, String error) {
        String line = "error: " + error.formatted(said(), "x".repeat(length), "y".repeat(990)) + "\n\n";
        first.enqueue(Reply.stream(event("half"), line).inPieces(100_003));

        String sent = stream();
        assertThat(sent).startsWith(event("half") + "data: {\"error\":{").contains("****").doesNotContain("[DONE]", "key-of", first.uri().toString());
        assertThat(sent.contains("502")).isEqualTo(error.contains("code"));
    }

    @Test
    void shouldFailOverWhenALongErrorComesBeforeTheContent() {
        first.enqueue(Reply.stream("error: {\"message\":\"" + "x".repeat(3 * MEGABYTE) + "\"}\n\n").inPieces(100_003));

        assertThat(stream()).contains("second").doesNotContain("error");
    }

    @ParameterizedTest
    @ValueSource(strings = {"failed", "completed", "incomplete"})
    void shouldMaskAResponseThatIsTooLongToBeHeld(String status) {
        String text = "\"output\":[{\"type\":\"message\",\"content\":[{\"text\":\"key-of-first " + "x".repeat(3 * MEGABYTE) + "\"}]}]";
        String whole = DELTA + typed("response." + status, "\"response\":{\"id\":\"resp_1\"," + text + ",\"error\":{\"message\":\"" + said() + "\"}}");
        first.enqueue(Reply.stream(whole).inPieces(100_003));

        assertThat(responses().equals(masked(whole))).isTrue();
    }

    private String stream() {
        try (RawClient client = streaming()) {
            return client.response().text();
        }
    }

    private String responses() {
        try (RawClient client = client().post("/v1/responses", "{\"model\":\"gpt-4o\",\"stream\":true,\"input\":\"Hi\"}")) {
            return client.response().text();
        }
    }

    private static String typed(String type, String members) {
        return "event: " + type + "\ndata: {\"type\":\"" + type + "\"," + members + "}\n\n";
    }
}
