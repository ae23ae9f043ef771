package dev.openaigateway.admin;

import dev.openaigateway.config.LiveSettings;
import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.TestSettings;
import org.junit.jupiter.api.Test;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

class WarningsTest {

    /** A reload holds its lock while it changes the settings, and what warnings ask may need that lock. */
    @Test
    void shouldNotKeepAReloadWaitingWhileItAsksWhatTheReloadHolds() {
        LiveSettings settings = TestSettings.live("host: 0.0.0.0");
        ReentrantLock reload = new ReentrantLock();
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        BooleanSupplier demo = () -> {
            asked.countDown();
            reload.lock();
            reload.unlock();
            return false;
        };
        Warnings warnings = new Warnings(settings, () -> false, demo, Optional::empty, Optional::empty, InstantSource.system());
        List<Thread> threads = Stream.<Runnable>of(() -> {
            reload.lock();
            held.countDown();
            await(asked);
            settings.change(settings.get());
            reload.unlock();
        }, () -> {
            await(held);
            warnings.onContextStarted(null);
        }).map(Thread::new).toList();
        threads.forEach(thread -> {
            thread.setDaemon(true);
            thread.start();
        });

        Eventually.holds("both end", () -> threads.stream().noneMatch(Thread::isAlive));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
