package dev.openaigateway.server;

import dev.openaigateway.call.memory.MemoryBudget;
import dev.openaigateway.config.ClientSettings;
import dev.openaigateway.config.LiveSettings;
import dev.openaigateway.openai.HttpErrors;
import dev.openaigateway.server.reception.RequestReception;
import dev.openaigateway.server.reception.HeadMemory;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Closes connections of clients that take too long to send a request, that stop reading a response, or that send nothing for
 * long. Idle timeouts of Vert.x do not suffice: a client that sends a byte now and then is never idle. Thread-safe.
 */
final class SlowClients {

    private static final Logger LOG = LoggerFactory.getLogger(SlowClients.class);
    /** From one line in the log to the next. */
    private static final long QUIET_NANOS = Duration.ofMinutes(1).toNanos();

    /** One connection, its latest request, and since when it is idle. */
    private static final class Peer {

        private final RequestReception reception;
        private volatile HttpServerRequest request;
        /** On the clock of {@link System#nanoTime}; 0 while a request is sent or served. */
        private volatile long idleSinceNanos = System.nanoTime();

        private Peer(RequestReception reception) {
            this.reception = reception;
        }

        private boolean isServed() {
            HttpServerRequest latest = request;
            return latest != null && !latest.response().ended();
        }

        /** A client may send its next request while the current one is served. That one is not due before the response has ended. */
        private boolean isLate(long now, long longest) {
            return reception.isSending() && now - reception.sinceNanos() > longest && !(isServed() && request.isEnded());
        }

        private void updateIdle(long now) {
            if (reception.isSending() || isServed()) {
                idleSinceNanos = 0;
            } else if (idleSinceNanos == 0) {
                idleSinceNanos = now;
            }
        }

        private boolean isIdle(long now, long longest) {
            return idleSinceNanos != 0 && now - idleSinceNanos > longest;
        }
    }

    private final LiveSettings settings;
    private final MemoryBudget memory;
    private final HeadMemory heads;
    private final EarlyResponses refusals;
    private final StalledClients stalled = new StalledClients();
    private final Map<HttpConnection, Peer> peers = new ConcurrentHashMap<>();
    private long reportedNanos = System.nanoTime() - QUIET_NANOS;

    /** @param memory is told at each check what clients make the gateway hold beside requests: responses that they do not read, and requests that are not served yet */
    SlowClients(LiveSettings settings, MemoryBudget memory, EarlyResponses refusals) {
        this.settings = settings;
        this.memory = memory;
        this.heads = new HeadMemory(() -> memory.limit() / BodyRoom.UNCHECKED_DIVISOR);
        this.refusals = refusals;
    }

    void connected(HttpConnection connection) {
        stalled.watch(connection);
        ConnectionBase base = (ConnectionBase) connection;
        peers.put(connection, new Peer(RequestReception.on(base.channel().pipeline(), base.channelHandlerContext().name(), heads)));
        connection.closeHandler(closed -> peers.remove(connection));
    }

    /** Records that the head of a request has arrived. Call for each request, also for one without a route. */
    void received(HttpServerRequest request) {
        Peer peer = peers.get(request.connection());
        if (peer != null) {
            peer.request = request;
            peer.idleSinceNanos = 0;
        }
    }

    /** Closes the late, the idle and the stalled connections, and reports what is held for clients; called periodically. */
    void check() {
        ClientSettings clients = settings.get().clients();
        long longest = clients.requestTime().toNanos();
        long longestIdle = clients.idleTime().toNanos();
        long now = System.nanoTime();
        stalled.closeStalled(now, clients.writeTime().toNanos());
        memory.setUnleased(stalled.queuedBytes() + heads.held());
        report(now);
        peers.forEach((connection, peer) -> {
            boolean late = peer.isLate(now, longest);
            peer.updateIdle(now);
            if ((late || peer.isIdle(now, longestIdle)) && peers.remove(connection, peer)) {
                close(connection, peer, late);
            }
        });
    }

    private void report(long now) {
        long closed = now - reportedNanos < QUIET_NANOS ? 0 : heads.takeClosed();
        if (closed > 0) {
            reportedNanos = now;
            LOG.warn("Closed {} connections: request heads that were incomplete, and requests queued behind others, held more than {} bytes. Clients may be flooding the gateway, or the heap is too small for them (-Xmx).",
                    closed, heads.limit());
        }
    }

    private void close(HttpConnection connection, Peer peer, boolean late) {
        HttpServerRequest request = peer.request;
        if (late && peer.reception.isSendingHead()) {
            HeadTimeout.refuse((ConnectionBase) connection, peer.reception);
            return;
        }
        if (late && peer.isServed() && !request.response().headWritten()) {
            request.response().putHeader("connection", "close");
            refusals.refuse(request, HttpErrors.requestTimeout());
        }
        connection.close();
    }
}
