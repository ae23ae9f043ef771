package dev.openaigateway.upstream.connection;

import dev.openaigateway.guard.PeriodicTask;
import org.apache.camel.spi.ExecutorServiceManager;
import org.apache.camel.support.service.ServiceSupport;
import org.apache.hc.core5.io.CloseMode;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Closes the idle connections of all pools that the upstream has closed, within seconds. A pool itself would close one only when it
 * leases it, and each keeps a file descriptor until then. Thread-safe.
 */
public final class IdleConnections extends ServiceSupport {

    private static final Duration PERIOD = Duration.ofSeconds(2);

    /** All open connections, also those in use. To add and remove a connection at each request would cost more than to skip those in use here. */
    private final Set<PooledConnection> open = ConcurrentHashMap.newKeySet();
    private final ExecutorServiceManager executors;
    private ScheduledExecutorService timer;

    public IdleConnections(ExecutorServiceManager executors) {
        this.executors = executors;
    }

    /** Adds a connection that was opened. */
    void add(PooledConnection connection) {
        open.add(connection);
    }

    /** Removes a connection that is closed. */
    void remove(PooledConnection connection) {
        open.remove(connection);
    }

    /** Reading from a healthy connection takes a millisecond. */
    private void closeAbandoned() {
        for (PooledConnection connection : open) {
            if (connection.isAbandoned()) {
                open.remove(connection);
                connection.close(CloseMode.IMMEDIATE);
            }
        }
    }

    @Override
    protected void doStart() {
        timer = executors.newSingleThreadScheduledExecutor(this, "idle-connections");
        PeriodicTask.start(timer, "the check of idle connections", PERIOD, PERIOD, this::closeAbandoned);
    }

    @Override
    protected void doStop() {
        executors.shutdownNow(timer);
    }
}
