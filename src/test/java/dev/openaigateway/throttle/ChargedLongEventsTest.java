package dev.openaigateway.throttle;

import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.stream.Stream;

import static dev.openaigateway.throttle.PricedRequest.awaitSettled;
import static dev.openaigateway.throttle.PricedRequest.instance;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** The charge of a stream with an event of two megabytes. Each word of its text is a token. */
@GatewayTest
class ChargedLongEventsTest {

    private static final long LIMIT = 1_000_000;
    private static final String WORDS = "word ".repeat(400_000);
    private static final String CHAT = "/v1/chat/completions";
    private static final String RESPONSES = "/v1/responses";
    private static final String FINISHED = "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
    private static final String USAGE = "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":7}}\n\n";
    private static final String PIECE = "data: {\"type\":\"response.output_text.delta\",\"delta\":\"" + WORDS + "\"}\n\n";

    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private TestGateway gateway;

    @BeforeEach
    void start() {
        gateway = TestGateway.builder().settings("rate_limit: { tpm: 1000000 }\ninstances:\n" + instance("first", upstream, 1, "")).start();
    }

    @AfterEach
    void stop() {
        gateway.close();
        upstream.close();
    }

    static Stream<Arguments> streams() {
        String content = delta("\"content\":\"" + WORDS + "\"");
        return Stream.of(
                arguments("text", CHAT, content + FINISHED, 500_000),
                arguments("arguments of a tool", CHAT, delta("\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"" + WORDS + "\"}}]") + FINISHED, 500_000),
                arguments("with usage", CHAT, content + FINISHED + USAGE, 16),
                arguments("piece of a response", RESPONSES, PIECE + completed(""), 500_000),
                arguments("the whole response, which repeats its text", RESPONSES, PIECE + completed(WORDS), 500_000));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("streams")
    void shouldChargeALongEventByItsLengthUnlessUsageIsReported(String what, String path, String events, long about) {
        upstream.enqueue(Reply.stream(events));

        gateway.post(path, path.equals(CHAT) ? PricedRequest.stream(200) : "{\"model\":\"gpt-4o\",\"input\":\"Hi\",\"stream\":true}");

        awaitSettled(gateway);
        assertThat(LIMIT - PricedRequest.left(gateway, "gateway", "gateway")).isBetween(about * 98 / 100, about * 102 / 100);
    }

    static Stream<Arguments> other() {
        String image = "\"images\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64," + "AAAA".repeat(500_000) + "\"}}]";
        return Stream.of(
                arguments("an image", CHAT, delta("\"content\":\"\"," + image) + FINISHED, 9, 9),
                arguments("a text before an image", CHAT, delta("\"content\":\" Hello\"," + image) + FINISHED, 10, 10),
                arguments("a text after an image", CHAT, delta(image + ",\"content\":\"" + WORDS + "\"") + FINISHED, 490_000, 510_000),
                arguments("an image as a part", CHAT, delta("\"content\":[{" + image + ",\"text\":\" Hello\"}," + image.substring(10, image.length() - 1) + "]") + FINISHED, 10, 10),
                arguments("sound", CHAT, delta("\"audio\":{\"data\":\"" + "AAAA".repeat(500_000) + "\",\"transcript\":\" Hello\"}") + FINISHED, 10, 10),
                arguments("sound of a response", RESPONSES, "data: {\"type\":\"response.audio.delta\",\"delta\":\"" + WORDS + "\"}\n\n" + completed(""), 1, 30),
                arguments("no JSON", CHAT, "data: " + WORDS + "\n\n" + FINISHED, 490_000, 510_000));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("other")
    void shouldChargeOnlyTheTextOfALongEvent(String what, String path, String events, long from, long to) {
        upstream.enqueue(Reply.stream(events));

        gateway.post(path, path.equals(CHAT) ? PricedRequest.stream(200) : "{\"model\":\"gpt-4o\",\"input\":\"Hi\",\"stream\":true}");

        awaitSettled(gateway);
        assertThat(LIMIT - PricedRequest.left(gateway, "gateway", "gateway")).isBetween(from, to);
    }

    private static String delta(String members) {
        return "data: {\"choices\":[{\"index\":0,\"delta\":{" + members + "},\"finish_reason\":null}]}\n\n";
    }

    private static String completed(String text) {
        return "data: {\"type\":\"response.completed\",\"response\":{\"id\":\"resp_1\",\"status\":\"completed\",\"output\":[{\"text\":\"" + text + "\"}]}}\n\n";
    }
}
