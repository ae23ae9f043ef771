package dev.openaigateway.server;

import dev.openaigateway.config.ClientSettings;
import dev.openaigateway.openai.Errors;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * Closes connections of clients that take too long to send a request, its head or its body, or that take nothing of an
 * answer. Needed beside idle timeouts: a client that sends one byte now and then is never idle. Thread-safe.
 */
final class SlowClients {

    /** What a connection owes since then: the head of a request, or that request to its end and the way to its answer. */
    private record Owed(long sinceNanos, HttpServerRequest request) {

        static Owed head(long now) {
            return new Owed(now, null);
        }

        boolean isWhole() {
            return request != null && request.isEnded();
        }

        boolean hasResponded() {
            return request != null && request.response().ended();
        }
    }

    private final Supplier<ClientSettings> timeout;
    private final LongConsumer unread;
    private final StalledClients stalled = new StalledClients();
    private final Map<HttpConnection, Owed> owing = new ConcurrentHashMap<>();

    /** @param unread is given the bytes that wait for clients to read them, at each look */
    SlowClients(Supplier<ClientSettings> timeout, LongConsumer unread) {
        this.timeout = timeout;
        this.unread = unread;
    }

    void connected(HttpConnection connection) {
        stalled.watch(connection);
        owing.put(connection, Owed.head(System.nanoTime()));
        connection.closeHandler(closed -> owing.remove(connection));
    }

    /** The head of a request has come. */
    void received(HttpServerRequest request) {
        owing.put(request.connection(), new Owed(System.nanoTime(), request));
    }

    /** Called now and then; how a request fares is looked up only here, for few take longer than the time between. */
    void closeLate() {
        ClientSettings settings = timeout.get();
        long longest = settings.requestTime().toNanos();
        long now = System.nanoTime();
        unread.accept(stalled.close(now, settings.writeTime().toNanos()));
        owing.forEach((connection, owed) -> {
            if (owed.hasResponded()) {
                owing.replace(connection, owed, Owed.head(now));
            } else if (!owed.isWhole() && now - owed.sinceNanos() > longest && owing.remove(connection, owed)) {
                close(connection, owed.request());
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
