package dev.openaigateway.call;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;

class CancellationTest {

    private final AtomicInteger cancelled = new AtomicInteger();
    private final Cancellation cancellation = Cancellation.whenGone(new DiscardingClientStream());

    @Test
    void shouldCutACompleteResponseWithoutCallingItOverdue() {
        follow(0);
        cancellation.waitWhileAlive(Duration.ofMinutes(1));
        cancellation.cutAfter(Duration.ZERO);

        cancellation.cancelIfOverdue(System.nanoTime() + 1);

        assertThat(cancelled).hasValue(1);
        assertThat(cancellation.isOverdue()).isFalse();
    }

    @Test
    void shouldCancelAndCallOverdueWhatIsSilentAtItsDeadline() {
        follow(1_000);
        cancellation.setDeadline(2_000);
        cancellation.waitWhileAlive(Duration.ofNanos(5_000));

        cancellation.cancelIfOverdue(6_000);
        assertThat(cancelled).as("a sign of life is recent enough").hasValue(0);
        cancellation.cancelIfOverdue(6_001);

        assertThat(cancelled).hasValue(1);
        assertThat(cancellation.isOverdue()).isTrue();
    }

    private void follow(long lastSign) {
        cancellation.follow(new UpstreamActivity() {
            @Override
            public void cancel() {
                cancelled.incrementAndGet();
            }

            @Override
            public long lastSignNanos() {
                return lastSign;
            }

            @Override
            public void contentBegan() {
            }
        });
    }
}
