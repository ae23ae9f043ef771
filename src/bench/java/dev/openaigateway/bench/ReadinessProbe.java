package dev.openaigateway.bench;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Polls a starting server until it responds with 200. Uses plain sockets: an HTTP client would take CPU time from the server. */
final class ReadinessProbe {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String OK = "HTTP/1.1 200 ";

    private final int port;

    ReadinessProbe(int port) {
        this.port = port;
    }

    /** Waits until GET of the path responds with 200. */
    void awaitReady(String path, Process process) throws InterruptedException {
        await("GET " + path + " HTTP/1.1\r\n", "", process);
    }

    /** Waits until a chat completion responds with 200. */
    void awaitResponse(Process process) throws InterruptedException {
        await(chatHead(), Chat.request(), process);
    }

    /** Sends one chat completion and ignores its status. */
    void send() {
        try {
            exchange(chatHead(), Chat.request());
        } catch (IOException e) {
            throw new BrokenRunException("a single request", e);
        }
    }

    private static String chatHead() {
        return "POST " + Chat.PATH + " HTTP/1.1\r\ncontent-type: application/json\r\nauthorization: Bearer " + Chat.KEY + "\r\n";
    }

    private void await(String head, String body, Process process) throws InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        String last = "nothing";
        while (System.nanoTime() < end) {
            if (!process.isAlive()) {
                throw new BrokenRunException("the process exited with " + process.exitValue());
            }
            try {
                last = exchange(head, body);
                if (last.startsWith(OK)) {
                    return;
                }
            } catch (IOException e) {
                last = e.toString();
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
        throw new BrokenRunException("no 200 to " + head.lines().findFirst().orElse("") + " within " + LIMIT.toSeconds() + " s, last: " + last);
    }

    /** Returns the whole response, with its head. */
    private String exchange(String head, String body) throws IOException {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        String end = "host: 127.0.0.1:" + port + "\r\nconnection: close\r\ncontent-length: " + content.length + "\r\n\r\n";
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout((int) LIMIT.toMillis());
            socket.getOutputStream().write((head + end + body).getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
