package dev.openaigateway.runtime;

import dev.openaigateway.api.Errors;
import dev.openaigateway.config.ClientSettings;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Closes connections of clients that take too long to send a request, its head or its body, or that take nothing of an
 * answer. Needed beside idle timeouts: a client that sends one byte now and then is never idle. Thread-safe.
 */
final class SlowClients {

    /** What a connection still owes; the response is null while not even the head of a request has come. */
    private record Owed(long sinceNanos, HttpServerResponse response) {

        Owed(HttpServerResponse response) {
            this(System.nanoTime(), response);
        }
    }

    private final Supplier<ClientSettings> patience;
    private final StalledClients stalled = new StalledClients();
    private final Map<HttpConnection, Owed> owing = new ConcurrentHashMap<>();

    SlowClients(Supplier<ClientSettings> patience) {
        this.patience = patience;
    }

    void connected(HttpConnection connection) {
        stalled.watch(connection);
        owing.put(connection, new Owed(null));
        connection.closeHandler(closed -> owing.remove(connection));
    }

    /** The head of a request has come. */
    void received(RoutingContext ctx) {
        HttpServerRequest request = ctx.request();
        HttpConnection connection = request.connection();
        Owed body = new Owed(request.response());
        owing.put(connection, body);
        request.end().onSuccess(whole -> owing.remove(connection, body));
        ctx.addEndHandler(answered -> owing.put(connection, new Owed(null)));
    }

    void closeLate() {
        ClientSettings settings = patience.get();
        long longest = settings.requestTime().toNanos();
        long now = System.nanoTime();
        stalled.close(now, settings.writeTime().toNanos());
        owing.forEach((connection, owed) -> {
            if (now - owed.sinceNanos() > longest) {
                owing.remove(connection, owed);
                close(connection, owed.response());
            }
        });
    }

    private static void close(HttpConnection connection, HttpServerResponse response) {
        if (response == null || response.headWritten()) {
            connection.close();
        } else {
            response.putHeader("connection", "close").endHandler(sent -> connection.close());
            HttpFront.answer(response, Errors.requestTimeout());
        }
    }
}
