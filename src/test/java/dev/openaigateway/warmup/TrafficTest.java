package dev.openaigateway.warmup;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TrafficTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    @Test
    void shouldEndWhenItIsNotWanted() throws Exception {
        try (LoopbackUpstream upstream = new LoopbackUpstream()) {
            AtomicInteger asked = new AtomicInteger();
            Traffic traffic = new Traffic(upstream.port(), "key", LONG, () -> asked.incrementAndGet() <= 4);

            traffic.run();

            assertThat(traffic.chats()).isEqualTo(4);
        }
    }

    @Test
    void shouldEndWhenTheTimeIsUp() throws Exception {
        try (LoopbackUpstream upstream = new LoopbackUpstream()) {
            Traffic traffic = new Traffic(upstream.port(), "key", Duration.ofMillis(1), () -> true);

            traffic.run();

            assertThat(traffic.chats()).isLessThan(1_000);
        }
    }

    /** The upstream serves each request, so the wrong ones of the traffic get an unexpected response. */
    @Test
    void shouldReportAnUnexpectedResponse() throws Exception {
        try (LoopbackUpstream upstream = new LoopbackUpstream()) {
            Traffic traffic = new Traffic(upstream.port(), "key", LONG, () -> true);

            assertThatThrownBy(traffic::run).isInstanceOf(IOException.class).hasMessage("a request got 'HTTP/1.1 200 OK', not 404");
        }
    }

    @Test
    void shouldCallAGatewayFastByTheMedianOfTheLatestCalls() {
        Pace pace = new Pace(10);
        for (int i = 0; i < 49; i++) {
            pace.took(5);
        }
        assertThat(pace.isFast()).as("too few calls").isFalse();
        pace.took(5);
        assertThat(pace.isFast()).isTrue();
        for (int i = 0; i < 26; i++) {
            pace.took(11);
        }
        assertThat(pace.isFast()).isFalse();
    }
}
