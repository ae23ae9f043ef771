package dev.openaigateway.faults;

import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpResponse;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** One of several choices fails inside a stream, as routers report it. The others go on. */
class FailedChoiceTest extends TwoInstances {

    private static final String DONE = "data: [DONE]\n\n";

    private static String text(int index, String text) {
        return "data: {\"choices\":[{\"index\":" + index + ",\"delta\":{\"content\":\"" + text + "\"}}]}\n\n";
    }

    private static String end(int index) {
        return "data: {\"choices\":[{\"index\":" + index + ",\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
    }

    private static String failure(int index) {
        return "data: {\"choices\":[{\"index\":" + index
                + ",\"delta\":{},\"finish_reason\":\"error\",\"error\":{\"code\":502,\"message\":\"Provider disconnected\"}}]}\n\n";
    }

    @Test
    void shouldGoOnWithTheOtherChoices() {
        String whole = text(0, "a0") + text(1, "b0") + failure(0) + text(1, "b1") + end(1) + DONE;
        first.enqueue(Reply.stream(whole));

        assertThat(stream(2)).isEqualTo(whole);
        assertThat(requestsToSecond()).isZero();
    }

    @Test
    void shouldKeepTheOtherChoicesInJson() {
        first.enqueue(Reply.stream(text(0, "a0"), text(1, "b0"), failure(0), text(1, "b1"), end(1), DONE));

        HttpResponse<String> response = gateway.post(CHAT, "{\"model\":\"gpt-4o\",\"n\":2,\"messages\":[]}");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("b0b1", "a0", "Provider disconnected");
        assertThat(requestsToSecond()).isZero();
    }

    @Test
    void shouldMaskTheErrorOfAChoiceInJson() {
        String error = "\"error\":{\"code\":502,\"message\":\"Provider at " + first.uri() + " with key-of-first disconnected\"}";
        String failed = "{\"index\":0,\"message\":{\"content\":\"a0\"},\"finish_reason\":\"error\"," + error + "}";
        String well = "{\"index\":1,\"message\":{\"content\":\"b0\"},\"finish_reason\":\"stop\"}";
        first.enqueue(Reply.stream(text(0, "a0"), text(1, "b0"), "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"error\"," + error + "}]}\n\n", end(1), DONE),
                Reply.json(200, "{\"choices\":[" + failed + "," + well + "]}"));

        for (int i = 0; i < 2; i++) {
            assertThat(gateway.post(CHAT, "{\"model\":\"gpt-4o\",\"n\":2,\"messages\":[]}").body()).contains("a0", "b0", "disconnected")
                    .doesNotContain("key-of-first", first.uri().toString());
        }
    }

    /** Generated text may name any host, such as that of an example for this very upstream. */
    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void shouldNotMaskTheContentBesideTheErrorOfAChoice(boolean streamRequested, boolean streamSent) {
        String content = "curl " + first.uri() + " -H key-of-first \u00e9";
        String error = "\"finish_reason\":\"error\",\"error\":{\"message\":\"\u00e9 at " + first.uri() + " with key-of-first\"}";
        String failed = "{\"index\":0,\"%s\":{\"content\":\"a0\"}," + error + "}";
        String well = "{\"index\":1,\"%s\":{\"content\":\"" + content + "\"},\"finish_reason\":\"stop\"}";
        String both = "{\"choices\":[" + failed + "," + well + "]}";
        first.enqueue(streamSent ? Reply.stream(text(0, "a"), "data: " + both.replace("%s", "delta") + "\n\n", DONE) : Reply.json(200, both.replace("%s", "message")));

        String body = "{\"model\":\"gpt-4o\",\"stream\":" + streamRequested + ",\"n\":2,\"messages\":[]}";
        assertThat(gateway.post(CHAT, body).body()).contains(content, "a0", "\u00e9 at http://**** with ****\"");
    }

    /** An error beside a result or in it, which does not take its place. */
    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void shouldMaskOnlyAnErrorThatAChoiceMentions(boolean streamRequested, boolean inMessage) {
        String content = "curl " + first.uri();
        String error = ",\"error\":{\"code\":1,\"message\":\"tool failed, key-of-first\"}";
        first.enqueue(Reply.json(200, "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"" + content + "\"" + (inMessage ? error : "")
                + "},\"finish_reason\":\"stop\"" + (inMessage ? "" : error) + "}]}"));

        String body = "{\"model\":\"gpt-4o\",\"stream\":" + streamRequested + ",\"messages\":[]}";
        assertThat(gateway.post(CHAT, body).body()).contains(content, "\"tool failed, ****\"").doesNotContain("key-of-first");
    }

    /** Routers repeat the error of a choice beside it. */
    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void shouldMaskTheErrorWhereverAResponseWithAFailedChoiceRepeatsIt(boolean streamRequested, boolean streamSent) {
        String content = "curl " + first.uri();
        String said = "\"Provider at " + first.uri() + " with key-of-first gone\"";
        String failed = "{\"index\":0,\"%s\":{\"content\":\"a0\",\"error\":" + said + "},\"finish_reason\":\"error\",\"error\":{\"message\":" + said + "}}";
        String well = "{\"index\":1,\"%s\":{\"content\":\"" + content + "\"},\"finish_reason\":\"stop\"}";
        String both = "{\"provider_error\":" + said + ",\"choices\":[" + failed + "," + well + "],\"route\":{\"last\":[" + said + "]}}";
        first.enqueue(streamSent ? Reply.stream(text(0, "a"), "data: " + both.replace("%s", "delta") + "\n\n", DONE) : Reply.json(200, both.replace("%s", "message")));

        String body = "{\"model\":\"gpt-4o\",\"stream\":" + streamRequested + ",\"n\":2,\"messages\":[]}";
        assertThat(gateway.post(CHAT, body).body()).contains(content, "a0", "Provider at http://**** with **** gone").doesNotContain("key-of-first", said);
    }

    /** JSON of more than 1 MB is relayed while it is read. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void shouldMaskTheErrorsOfChoicesInLongJson(int choices) {
        String content = ("curl " + first.uri() + " ").repeat(40_000);
        String all = IntStream.range(0, choices).mapToObj(i -> "{\"index\":" + i + ",\"message\":{\"content\":\"" + content
                + "\"},\"finish_reason\":\"error\",\"error\":{\"message\":\"key-of-first at " + first.uri() + "\"}}").collect(Collectors.joining(","));
        first.enqueue(Reply.json(200, "{\"choices\":[" + all + "]}"));

        String shown = gateway.post(CHAT, "{\"model\":\"gpt-4o\",\"n\":" + choices + ",\"messages\":[]}").body();
        assertThat(shown).isEqualTo("{\"choices\":[" + all.replace("key-of-first at " + first.uri(), "**** at http://****") + "]}");
    }

    @Test
    void shouldMaskTheErrorInLongJsonWhereverItIsRepeated() {
        String said = "\"" + "x".repeat(65_470) + " key-of-first at " + first.uri() + "\"";
        String content = ("curl " + first.uri() + " ").repeat(40_000);
        first.enqueue(Reply.json(200, "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"" + content + "\"},\"finish_reason\":\"error\",\"error\":" + said
                + "}],\"route\":" + said + "}"));

        assertThat(gateway.post(CHAT, "{\"model\":\"gpt-4o\",\"messages\":[]}").body()).contains(content, " **** at http://****\"}],\"route\":").doesNotContain("key-of-first");
    }

    /** A good response may name hosts there, such as in links, and its failure is not known yet. No response has keys. More than 1 MB is not held. */
    @ParameterizedTest
    @CsvSource({"1, '\"stop\"'", "20000, '\"stop\"'", "40000, '\"stop\"'", "40000, '\"error\",\"error\":\"gone\"'"})
    void shouldMaskKeysBesideTheChoicesAndNothingElse(int times, String finish) {
        String before = "{\"id\":\"a\",\"route\":{\"last\":\"key-of-first at " + first.uri() + "\"},\"choices\":[{\"index\":0,\"message\":{\"content\":\"";
        String content = ("curl " + first.uri() + " -H key-of-first ").repeat(times);
        String after = "\"},\"finish_reason\":" + finish + "}]}";
        first.enqueue(Reply.json(200, before + content + after));

        assertThat(gateway.post(CHAT, "{\"model\":\"gpt-4o\",\"messages\":[]}").body()).isEqualTo(before.replace("key-of-first", "****") + content + after);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"stop\""})
    void shouldMaskAnErrorThatAChoiceOfAStreamMentions(String finish) {
        first.enqueue(Reply.stream(text(0, "at " + first.uri()), "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":" + finish
                + ",\"error\":{\"message\":\"key-of-first at " + first.uri() + "\"}}]}\n\n", end(0), DONE));

        assertThat(stream(1)).contains("at " + first.uri(), "\"**** at http://****\"");
    }

    @Test
    void shouldEndWithTheErrorWhenAllHaveFailed() {
        first.enqueue(Reply.stream(text(0, "a0"), text(1, "b0"), failure(0), failure(1), text(1, "never")), Reply.stream(text(0, "a0"), failure(0), text(0, "never")));

        assertThat(stream(2)).contains("Provider disconnected").doesNotContain("never", "[DONE]");
        assertThat(stream(1)).contains("Provider disconnected").doesNotContain("never", "[DONE]");
    }

    /** Some upstreams ignore the number of choices. */
    @ParameterizedTest
    @ValueSource(strings = {"", DONE})
    void shouldFailWhenTheOnlyChoiceFails(String end) {
        String failed = text(0, "a0") + failure(0) + end;
        first.enqueue(Reply.stream(failed), Reply.stream(failed));

        HttpResponse<String> whole = gateway.post(CHAT, "{\"model\":\"gpt-4o\",\"n\":2,\"messages\":[]}");

        assertThat(instance(whole)).isEqualTo("second");
        assertThat(stream(2)).contains("a0", "data: {\"error\":{\"code\":502,").doesNotContain("[DONE]");
        Eventually.holds("the failure is recorded", () -> gateway.get("/admin/requests?limit=1", ADMIN).body().contains("upstream_stream_error"));
    }

    /** Events with text of the first choice are not read after the first content. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldEndWellWithTheFirstChoiceWhenItHasNoFinishReason(boolean streamRequested) {
        String whole = text(1, "b0") + text(0, "a0") + failure(1) + text(0, "a1") + DONE;
        first.enqueue(Reply.stream(whole));

        assertEndsWell(streamRequested, whole);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldEndWellWhenAChoiceThatFailedGoesOnToItsEnd(boolean streamRequested) {
        String whole = text(0, "a0") + failure(0) + text(0, "a1") + end(0) + DONE;
        first.enqueue(Reply.stream(whole));

        assertEndsWell(streamRequested, whole);
    }

    private void assertEndsWell(boolean streamRequested, String whole) {
        if (streamRequested) {
            assertThat(stream(2)).isEqualTo(whole);
        } else {
            assertThat(gateway.post(CHAT, "{\"model\":\"gpt-4o\",\"n\":2,\"messages\":[]}").body()).contains("a0a1");
        }
        assertThat(requestsToSecond()).isZero();
    }

    @Test
    void shouldCallTheNextInstanceWhenAChoiceFailsBeforeAnyContent() {
        first.enqueue(Reply.stream(failure(0), text(1, "never"), end(1), DONE));
        String whole = text(0, "a0") + end(0) + text(1, "b0") + end(1) + DONE;
        second.enqueue(Reply.stream(whole));

        assertThat(stream(2)).isEqualTo(whole);
    }

    private String stream(int choices) {
        try (RawClient client = client().post(CHAT, "{\"model\":\"gpt-4o\",\"stream\":true,\"n\":" + choices + ",\"messages\":[]}")) {
            return client.response().text();
        }
    }
}
