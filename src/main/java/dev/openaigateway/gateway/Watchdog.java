package dev.openaigateway.gateway;

import dev.openaigateway.call.Call;
import dev.openaigateway.call.InFlight;
import dev.openaigateway.call.ResponseHeaders;
import dev.openaigateway.config.LiveSettings;
import dev.openaigateway.guard.PeriodicTask;
import dev.openaigateway.openai.Operation;
import dev.openaigateway.server.EventLoopWatch;
import dev.openaigateway.server.FatalErrors;
import dev.openaigateway.upstream.connection.TimedSockets;
import org.apache.camel.CamelContext;
import org.apache.camel.support.service.ServiceSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;

/** Checks running calls from one thread: cancels overdue ones, enforces read timeouts, and sends keep-alives on quiet streams. */
public final class Watchdog extends ServiceSupport {

    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);
    private static final Duration PERIOD = Duration.ofMillis(100);
    /** Time that a cancelled call gets to send the error to its client. */
    private static final Duration CANCEL_GRACE = Duration.ofSeconds(2);

    private final CamelContext context;
    private final InFlight inFlight;
    private final TimedSockets sockets;
    private final LiveSettings settings;
    private final Supplier<EventLoopWatch> loops;
    private final FatalErrors errors;
    private final Set<Call> reported = Collections.newSetFromMap(new WeakHashMap<>());
    private ScheduledExecutorService thread;
    private volatile long cancelNanos = Long.MAX_VALUE;

    /** @param loops supplies the watch over the HTTP server's event loops */
    public Watchdog(CamelContext context, InFlight inFlight, TimedSockets sockets, LiveSettings settings,
                    Supplier<EventLoopWatch> loops, FatalErrors errors) {
        this.context = context;
        this.inFlight = inFlight;
        this.loops = loops;
        this.errors = errors;
        this.sockets = sockets;
        this.settings = settings;
    }

    @Override
    protected void doStart() {
        thread = context.getExecutorServiceManager().newSingleThreadScheduledExecutor(this, "watchdog");
        PeriodicTask.start(thread, "the watchdog", PERIOD, PERIOD, () -> check(System.nanoTime()));
    }

    /** The number of requests in flight. */
    public int running() {
        return inFlight.count();
    }

    /** Rejects new requests, has running calls cancelled after the drain time, and waits until they end, at most 2 s longer. */
    public void drain() {
        Duration time = settings.get().streams().drain();
        inFlight.drain();
        cancelNanos = System.nanoTime() + time.toNanos();
        try {
            inFlight.awaitEmpty(time.plus(CANCEL_GRACE));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void check(long now) {
        long silence = settings.get().streams().keepAlive().toNanos();
        sockets.closeOverdue(now);
        if (!loops.get().allRun()) {
            errors.loopStopped();
        }
        boolean cancel = cancelNanos != Long.MAX_VALUE && now - cancelNanos > 0;
        for (Call call : inFlight.calls()) {
            try {
                check(call, now, cancel, silence);
            } catch (RuntimeException e) {
                report(call, e);
            }
        }
    }

    private static void check(Call call, long now, boolean cancel, long silence) {
        call.cancellation().cancelIfOverdue(now);
        if (cancel) {
            call.cancellation().stop();
        } else if (silence > 0) {
            call.clientStream().keepAlive(mayBegin(call) ? () -> ResponseHeaders.ofStream(call, null, null) : null, silence);
        }
    }

    /** What is passed may have any form, so its client gets nothing before the upstream has announced events. */
    private static boolean mayBegin(Call call) {
        return call.result().eventsAnnounced() || call.received().stream() && call.received().operation() != Operation.PASSTHROUGH;
    }

    /** Once a call, since a call that fails once may fail at each check. The others are checked all the same. */
    private void report(Call call, RuntimeException failure) {
        if (reported.add(call)) {
            LOG.error("The watchdog could not check request {}: {}", call.requestId(), failure.toString());
            LOG.debug("Stack trace of the watchdog", failure);
        }
    }

    @Override
    protected void doStop() {
        context.getExecutorServiceManager().shutdownNow(thread);
    }
}
