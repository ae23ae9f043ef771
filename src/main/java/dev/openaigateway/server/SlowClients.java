package dev.openaigateway.server;

import dev.openaigateway.config.ClientSettings;
import dev.openaigateway.config.LiveSettings;
import dev.openaigateway.openai.Errors;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;

/**
 * Closes connections of clients that take too long to send the head or the body of a request, or that stop reading a
 * response. Idle timeouts do not suffice: a client that sends a byte now and then is never idle. Thread-safe.
 */
final class SlowClients {

    /**
     * What a connection must send, and since when.
     *
     * @param sinceNanos on the clock of {@link System#nanoTime}
     * @param request    the request that is received or served; null while the head of the next request is due
     */
    private record Pending(long sinceNanos, HttpServerRequest request) {

        static Pending head(long now) {
            return new Pending(now, null);
        }

        boolean isWhole() {
            return request != null && request.isEnded();
        }

        boolean hasResponded() {
            return request != null && request.response().ended();
        }
    }

    private final LiveSettings settings;
    private final LongConsumer unread;
    private final StalledClients stalled = new StalledClients();
    private final Map<HttpConnection, Pending> pending = new ConcurrentHashMap<>();

    /** @param unread is given the bytes that are queued for clients, at each check */
    SlowClients(LiveSettings settings, LongConsumer unread) {
        this.settings = settings;
        this.unread = unread;
    }

    void connected(HttpConnection connection) {
        stalled.watch(connection);
        pending.put(connection, Pending.head(System.nanoTime()));
        connection.closeHandler(closed -> pending.remove(connection));
    }

    /** Records that the head of a request has arrived. */
    void received(HttpServerRequest request) {
        pending.put(request.connection(), new Pending(System.nanoTime(), request));
    }

    /**
     * Closes the late connections; called periodically. Requests are checked only here, because few requests run longer than
     * one period.
     */
    void closeLate() {
        ClientSettings clients = settings.get().clients();
        long longest = clients.requestTime().toNanos();
        long now = System.nanoTime();
        unread.accept(stalled.close(now, clients.writeTime().toNanos()));
        pending.forEach((connection, entry) -> {
            if (entry.hasResponded()) {
                pending.replace(connection, entry, Pending.head(now));
            } else if (!entry.isWhole() && now - entry.sinceNanos() > longest && pending.remove(connection, entry)) {
                close(connection, entry.request());
            }
        });
    }

    private static void close(HttpConnection connection, HttpServerRequest request) {
        if (request == null || request.response().headWritten()) {
            connection.close();
        } else {
            HttpServerResponse response = request.response();
            HttpGuard.respond(response.putHeader("connection", "close"), Errors.requestTimeout());
            connection.close();
        }
    }
}
