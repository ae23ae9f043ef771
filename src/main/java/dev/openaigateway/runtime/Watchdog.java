package dev.openaigateway.runtime;

import dev.openaigateway.api.Call;
import dev.openaigateway.config.StreamSettings;
import dev.openaigateway.entry.InFlight;
import dev.openaigateway.relay.AnswerHeaders;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Looks after running calls from one thread: cuts those that are late, and keeps quiet streams alive. */
final class Watchdog implements AutoCloseable {

    private static final Duration PERIOD = Duration.ofMillis(100);

    private final InFlight inFlight;
    private final Supplier<StreamSettings> settings;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread watchdog = new Thread(task, "watchdog");
        watchdog.setDaemon(true);
        return watchdog;
    });
    private volatile long cutOffNanos = Long.MAX_VALUE;

    Watchdog(InFlight inFlight, Supplier<StreamSettings> settings) {
        this.inFlight = inFlight;
        this.settings = settings;
    }

    void start() {
        thread.scheduleWithFixedDelay(() -> look(System.nanoTime()), PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Lets nothing new in, and has what runs cut off after the drain time. */
    void drain() {
        inFlight.drain();
        cutOffNanos = System.nanoTime() + settings.get().drain().toNanos();
    }

    void look(long now) {
        long silence = settings.get().keepAlive().toNanos();
        boolean cutOff = cutOffNanos != Long.MAX_VALUE && now - cutOffNanos > 0;
        for (Call call : inFlight.calls()) {
            call.upstream().cutIfLate(now);
            if (cutOff) {
                call.upstream().cut();
            } else if (silence > 0 && call.stream() && call.timeToFirstToken() == null) {
                call.client().keepAlive(AnswerHeaders.ofStream(call, null), silence);
            }
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
