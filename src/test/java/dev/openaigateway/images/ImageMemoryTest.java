package dev.openaigateway.images;

import dev.openaigateway.call.memory.MemoryBudget;
import dev.openaigateway.call.memory.MemoryLease;
import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestClock;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import static org.assertj.core.api.Assertions.assertThat;

/** Images that become links count in the memory of all requests. */
@GatewayTest
class ImageMemoryTest {

    private static final int MEGABYTE = 1 << 20;

    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private final AtomicLong limit = new AtomicLong();
    private final TestClock clock = new TestClock();
    private final MemoryBudget budget = new MemoryBudget(limit::get, null);
    private final TestGateway gateway = TestGateway.builder().clock(clock).bean("budget", budget).settings("""
            instances:
              - { name: first, provider_type: generic, api_base: "%s", supported_models: [paint] }
              - { name: second, provider_type: generic, api_base: "%s", supported_models: [paint] }
            """.formatted(upstream.uri(), upstream.uri())).start();

    @AfterEach
    void stop() {
        gateway.close();
        upstream.close();
    }

    @Test
    void shouldCountImagesWhileTheyAreKept() {
        limit.set(128 * MEGABYTE);

        for (int i = 0; i < 10; i++) {
            assertThat(painted(4).statusCode()).isEqualTo(200);
        }

        Eventually.holds("only images are held", () -> held() >= 24 * MEGABYTE && held() <= 32 * MEGABYTE);
        clock.advance(Duration.ofHours(1));
        Eventually.holds("no image is held", () -> held() == 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 12, 30})
    void shouldRefuseAResponseThatDoesNotFitNow(int megabytes) {
        limit.set(256 * MEGABYTE);
        try (MemoryLease others = budget.lease()) {
            others.grow(250 * MEGABYTE);

            HttpResponse<String> refused = painted(megabytes);

            assertRefused(refused);
            assertThat(refused.headers().firstValue("retry-after")).hasValue("1");
            assertThat(refused.headers().firstValue("x-should-retry")).isEmpty();
        }
    }

    /** Of 96 MB, which a heap of 256 MB leaves, images may take a quarter. */
    @ParameterizedTest
    @CsvSource({"6, 4", "80, 30", "96, 33", "96, 35", "96, 47", "96, 63", "96, 70"})
    void shouldAskNoClientToRetryForImagesThatNeverFit(int room, int megabytes) {
        limit.set(room * (long) MEGABYTE);

        HttpResponse<String> refused = painted(megabytes);

        assertRefused(refused);
        assertThat(refused.headers().firstValue("x-should-retry")).hasValue("false");
        assertThat(refused.headers().firstValue("retry-after")).isEmpty();
        assertThat(painted(1).statusCode()).isEqualTo(200);
    }

    @Test
    void shouldMakeLinksOfTheLargestImagesThatFit() {
        limit.set(96L * MEGABYTE);

        assertThat(painted(29).statusCode()).isEqualTo(200);
    }

    private void assertRefused(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(503);
        assertThat(response.body()).contains("gateway_overloaded");
        assertThat(upstream.requests()).as("another instance would bill it again").hasSize(1);
        Eventually.holds("no request holds memory", () -> held() == 0 || held() == 250 * MEGABYTE);
    }

    private HttpResponse<String> painted(int megabytes) {
        upstream.enqueue(Reply.json(200, "{\"data\":[{\"b64_json\":\"" + "A".repeat(megabytes * MEGABYTE) + "\"}]}"));
        return gateway.post("/v1/images/generations", "{\"model\":\"paint\",\"prompt\":\"A cat\",\"response_format\":\"url\"}");
    }

    private double held() {
        return gateway.metric("gateway_memory_held_bytes");
    }
}
