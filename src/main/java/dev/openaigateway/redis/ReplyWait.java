package dev.openaigateway.redis;

import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Waits for replies, and counts only the time in which this process ran: a reply that is late because the process was
 * suspended, collected garbage or got no CPU is not missing. Thread-safe.
 */
final class ReplyWait implements AutoCloseable {

    /** The longest time by which an event loop may be late, in seconds. */
    private static final int LATEST_SECONDS = 10;

    private final EventLoopGroup eventLoops;
    private final ReplyTimer timer;

    /** @param eventLoops read the replies */
    ReplyWait(EventLoopGroup eventLoops) {
        this.eventLoops = eventLoops;
        EventExecutor one = eventLoops.next();
        this.timer = new ReplyTimer((task, nanos) -> one.schedule(task, nanos, TimeUnit.NANOSECONDS), System::nanoTime);
    }

    /**
     * Waits until the reply has come or the time has passed. In the latter case the event loops read what has arrived before
     * the reply counts as missing.
     *
     * @throws TimeoutException if the reply is missing
     */
    <T> T await(CompletableFuture<T> reply, long nanos, RedisTimeBudget budget)
            throws ExecutionException, TimeoutException, InterruptedException {
        if (nanos > 0 && !reply.isDone()) {
            awaitEnd(reply.copy(), nanos, budget);
        }
        if (!reply.isDone()) {
            readArrived();
        }
        return reply.get(0, TimeUnit.NANOSECONDS);
    }

    /** @param end completed with the reply or by the timer */
    private void awaitEnd(CompletableFuture<?> end, long nanos, RedisTimeBudget budget) throws InterruptedException {
        ReplyTimer.Wait wait = timer.start(end, nanos);
        try {
            end.get();
        } catch (ExecutionException failure) {
            // The reply tells why, or is missing.
        } finally {
            budget.spend(wait.end());
        }
    }

    /** Lets each event loop run one turn. A delayed task runs in a later turn than the one in which it was scheduled. */
    private void readArrived() throws InterruptedException {
        List<EventExecutor> all = new ArrayList<>();
        eventLoops.forEach(all::add);
        CountDownLatch turns = new CountDownLatch(all.size());
        try {
            all.forEach(each -> each.execute(() -> each.schedule(turns::countDown, 1, TimeUnit.MILLISECONDS)));
        } catch (RejectedExecutionException closed) {
            return;
        }
        turns.await(LATEST_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        timer.close();
    }
}
