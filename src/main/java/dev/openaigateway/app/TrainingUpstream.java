package dev.openaigateway.app;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The upstream of a {@link Training}: responds to each chat with the same words, streamed on request. */
final class TrainingUpstream implements AutoCloseable {

    private static final String HEAD = "{\"id\":\"chatcmpl-training\",\"created\":1700000000,\"model\":\"gpt-4o-2024-11-20\",\"object\":";
    private static final String USAGE = "\"usage\":{\"prompt_tokens\":30,\"completion_tokens\":4,\"total_tokens\":34}}";
    private static final String WHOLE = HEAD + "\"chat.completion\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
            + "\"content\":\"A response for training.\"},\"finish_reason\":\"stop\"}]," + USAGE;
    private static final int EVENTS = 20;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    TrainingUpstream() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::respond);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    private void respond(HttpExchange exchange) throws IOException {
        String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        boolean stream = request.contains("\"stream\":true");
        exchange.getResponseHeaders().set("Content-Type", stream ? "text/event-stream" : "application/json");
        exchange.sendResponseHeaders(200, stream ? 0 : WHOLE.length());
        try (OutputStream out = exchange.getResponseBody()) {
            if (stream) {
                write(out);
            } else {
                out.write(WHOLE.getBytes(StandardCharsets.US_ASCII));
            }
        }
    }

    private static void write(OutputStream out) throws IOException {
        for (int i = 0; i <= EVENTS; i++) {
            String choice = i == EVENTS ? "\"delta\":{},\"finish_reason\":\"stop\"" : "\"delta\":{\"content\":\" word\"},\"finish_reason\":null";
            event(out, HEAD + "\"chat.completion.chunk\",\"choices\":[{\"index\":0," + choice + "}]}");
        }
        event(out, HEAD + "\"chat.completion.chunk\",\"choices\":[]," + USAGE);
        event(out, "[DONE]");
    }

    private static void event(OutputStream out, String data) throws IOException {
        out.write(("data: " + data + "\n\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
