package dev.openaigateway.log;

import dev.openaigateway.log.root.GatewayLog;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.filter.AbstractFilter;
import org.slf4j.Logger;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Replaces Netty's lines about connections that cannot be accepted. While the process has no free descriptor, Netty logs a stack trace every
 * second. Thread-safe.
 */
final class AcceptFailures extends AbstractFilter {

    /** The logger of Netty for exceptions that no handler takes. */
    static final String LOGGER = "io.netty.channel.DefaultChannelPipeline";

    private static final Logger LOG = GatewayLog.LOG;
    private static final long PERIOD = TimeUnit.MINUTES.toNanos(1);

    private final LongSupplier nanos;
    private final AtomicLong next;

    AcceptFailures(LongSupplier nanos) {
        this.nanos = nanos;
        this.next = new AtomicLong(nanos.getAsLong());
    }

    /** Denies the event if it is about an accept, and logs one line in its place, at most once a minute. */
    @Override
    public Result filter(LogEvent event) {
        Throwable thrown = event.getThrown();
        if (!(thrown instanceof IOException) || !isAccept(thrown)) {
            return Result.NEUTRAL;
        }
        long now = nanos.getAsLong();
        long due = next.get();
        if (now - due >= 0 && next.compareAndSet(due, now + PERIOD)) {
            LOG.warn("Connections of clients cannot be accepted: {}. If the limit of open files is reached, raise it (ulimit -n).", thrown.getMessage());
        }
        return Result.DENY;
    }

    private static boolean isAccept(Throwable thrown) {
        for (StackTraceElement frame : thrown.getStackTrace()) {
            if (frame.getMethodName().equals("accept")) {
                return true;
            }
        }
        return false;
    }
}
