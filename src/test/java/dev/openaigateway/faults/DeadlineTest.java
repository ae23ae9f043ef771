package dev.openaigateway.faults;

import dev.openaigateway.support.Reply;
import dev.openaigateway.support.SseEvent;
import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** The deadline for all attempts together, which is much shorter than the timeout of an instance. */
class DeadlineTest extends TwoInstances {

    @Override
    String moreSettings() {
        return "routing: { timeout: 2.5 }";
    }

    @Test
    void shouldReturn504WhenAllAttemptsTogetherTakeTooLong() {
        first.enqueue(Reply.stall());
        long start = System.nanoTime();

        HttpResponse<String> response = chat();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(2400), Duration.ofSeconds(20));
        assertThat(response.statusCode()).isEqualTo(504);
        assertThat(response.body()).contains("upstream_timeout", "\"instance\":\"first\"");
        assertThat(requestsToSecond()).isZero();
    }

    @Test
    void shouldReturn504WhenAStreamHasNoContentInTime() {
        first.enqueue(Reply.stream(": waiting\n\n").stallAfter(0));

        assertThat(gateway.post(CHAT, streamBody("")).statusCode()).isEqualTo(504);
    }

    @Test
    void shouldNotCutAStreamThatHasBegun() {
        first.enqueue(Reply.stream(event("1"), event("2"), event("3"), lastEvent()).every(Duration.ofSeconds(1)));

        List<SseEvent> events = events();

        assertThat(text(events)).isEqualTo(event("1") + event("2") + event("3") + lastEvent());
    }
}
