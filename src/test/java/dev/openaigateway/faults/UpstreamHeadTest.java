package dev.openaigateway.faults;

import dev.openaigateway.support.CapturedLog;
import dev.openaigateway.support.Reply;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A response whose head cannot be passed on is a failure of its attempt. */
class UpstreamHeadTest extends TwoInstances {

    private static final String BODY = "{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"x\"},\"finish_reason\":\"stop\"}]}";

    @ParameterizedTest
    @ValueSource(strings = {"openai-model: a\rb", "openai-model: a\nb", "openai-model: a\nx-should-retry: false", "openai-model: a\u0000b", "openai-model: a\u0001", "x-other: a\u007fb", "x-other: a\u001b[0m",
        "content-type: application/json\rx: y", "openai-model: LONG", "x-other: LONG", "MANY"})
    void shouldCallTheNextInstanceWhenAHeaderFieldIsNotPlain(String field) {
        String fields = field.equals("MANY") ? "x-many: 1\r\n".repeat(1000) + "x-last: 1" : field.replace("LONG", "y".repeat(100_000));
        first.enqueue(Reply.rawThenClose("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + BODY.length() + "\r\n"
                + fields + "\r\n\r\n" + BODY));

        try (CapturedLog log = new CapturedLog()) {
            assertThat(instance(chat())).isEqualTo("second");
            assertThat(log.linesWith("ERROR")).isEmpty();
            assertThat(log.linesWith("Exception")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai-model: a\tb", "openai-model: caf\u00e9", "x-other: ", "x-other: 8000"})
    void shouldTakeOtherHeaderFields(String field) {
        first.enqueue(Reply.raw("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + BODY.length() + "\r\n"
                + field.replace("8000", "y".repeat(8000)) + "\r\n\r\n" + BODY));

        assertThat(instance(chat())).isEqualTo("first");
    }
}
