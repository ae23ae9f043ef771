package dev.openaigateway.guard;

import dev.openaigateway.support.Eventually;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;

class PeriodicTaskTest {

    @Test
    void shouldRunAgainWhateverARunThrows() {
        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
        AtomicInteger runs = new AtomicInteger();
        try {
            PeriodicTask.start(executor, "a test", Duration.ZERO, Duration.ofMillis(1), () -> {
                switch (runs.incrementAndGet()) {
                    case 1 -> throw new IllegalStateException("a defect");
                    case 2 -> throw new IOException("a network");
                    case 3 -> throw new ServiceConfigurationError("a broken jar");
                    case 4 -> throw new OutOfMemoryError("unable to create native thread");
                    default -> { }
                }
            });

            Eventually.holds("it runs again", () -> runs.get() > 5);
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void shouldLogTheFirstFailureAndOneAMinuteWithTheNumberBetween() {
        List<String> lines = new ArrayList<>();
        Iterator<Integer> seconds = List.of(0, 1, 59, 61, 62, 130).iterator();
        PeriodicTask task = new PeriodicTask("a test", () -> {
            throw new IllegalStateException("a defect");
        }, () -> Duration.ofSeconds(seconds.next()).toNanos(), lines::add);

        while (seconds.hasNext()) {
            task.runOnce();
        }

        assertThat(lines).containsExactly("A run of a test failed; the next run follows: java.lang.IllegalStateException: a defect",
                "A run of a test failed, as 2 did before; the next run follows: java.lang.IllegalStateException: a defect",
                "A run of a test failed, as 1 did before; the next run follows: java.lang.IllegalStateException: a defect");
    }
}
