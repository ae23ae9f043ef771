package dev.openaigateway.redis;

import io.netty.util.concurrent.EventExecutor;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Waits for replies, and counts only the time in which this process ran: a reply that is late because the process was
 * suspended, collected garbage or got no CPU is not missing. Thread-safe.
 */
final class ReplyWait {

    /** Into how many parts a wait is divided. What a part takes longer than twice its time does not count. */
    private static final int PARTS = 10;
    private static final long SHORTEST_PART_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    /** The longest time by which an event loop may be late, in seconds. */
    private static final int LATEST_SECONDS = 10;

    private final Iterable<EventExecutor> eventLoops;

    /** @param eventLoops read the replies */
    ReplyWait(Iterable<EventExecutor> eventLoops) {
        this.eventLoops = eventLoops;
    }

    /**
     * Waits until the reply has come or the time has passed. In the latter case the event loops read what has arrived before
     * the reply counts as missing.
     *
     * @throws TimeoutException if the reply is missing
     */
    <T> T await(CompletableFuture<T> reply, long nanos, RedisTimeBudget budget)
            throws ExecutionException, TimeoutException, InterruptedException {
        long part = Math.max(SHORTEST_PART_NANOS, nanos / PARTS);
        long counted = 0;
        while (counted < nanos) {
            long begin = System.nanoTime();
            try {
                return reply.get(Math.min(part, nanos - counted), TimeUnit.NANOSECONDS);
            } catch (TimeoutException notYet) {
                continue;
            } finally {
                long passed = Math.min(System.nanoTime() - begin, 2 * part);
                counted += passed;
                budget.spend(passed);
            }
        }
        readArrived();
        return reply.get(0, TimeUnit.NANOSECONDS);
    }

    /** Lets each event loop run one turn. A delayed task runs in a later turn than the one in which it was scheduled. */
    private void readArrived() throws InterruptedException {
        List<EventExecutor> all = new ArrayList<>();
        eventLoops.forEach(all::add);
        CountDownLatch turns = new CountDownLatch(all.size());
        all.forEach(each -> each.execute(() -> each.schedule(turns::countDown, 1, TimeUnit.MILLISECONDS)));
        turns.await(LATEST_SECONDS, TimeUnit.SECONDS);
    }
}
