package dev.openaigateway.bench;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Polls a starting server until it responds with 200. */
final class ReadinessProbe {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int port;
    private final String base;

    ReadinessProbe(int port) {
        this.port = port;
        base = "http://127.0.0.1:" + port;
    }

    /** Waits until GET of the path responds with 200. */
    void awaitReady(String path, Process process) throws InterruptedException {
        await(HttpRequest.newBuilder(URI.create(base + path)).build(), process);
    }

    /** Waits until a chat completion responds with 200. */
    void awaitResponse(Process process) throws InterruptedException {
        await(chat(), process);
    }

    /** Sends one chat completion and ignores its status. */
    void send() throws InterruptedException {
        try {
            client.send(chat(), HttpResponse.BodyHandlers.discarding());
        } catch (IOException e) {
            throw new BrokenRunException("a single request", e);
        }
    }

    private HttpRequest chat() {
        return HttpRequest.newBuilder(URI.create(base + Chat.PATH)).header("content-type", "application/json")
                .header("authorization", "Bearer " + Chat.KEY)
                .POST(HttpRequest.BodyPublishers.ofString(Chat.request())).build();
    }

    private void await(HttpRequest request, Process process) throws InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        String last = "nothing";
        while (System.nanoTime() < end) {
            if (!process.isAlive()) {
                throw new BrokenRunException("the process exited with " + process.exitValue());
            }
            try {
                connect();
                HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
                if (response.statusCode() == 200) {
                    return;
                }
                last = response.statusCode() + " " + response.body();
            } catch (IOException e) {
                last = e.toString();
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
        throw new BrokenRunException("no 200 from " + request.uri().getPath() + " within " + LIMIT.toSeconds() + " s, last: " + last);
    }

    /** Fails while the port is closed. The HTTP client would take CPU time from the starting process for each failed attempt. */
    private void connect() throws IOException {
        new Socket("127.0.0.1", port).close();
    }
}
