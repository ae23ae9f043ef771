package dev.openaigateway.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A gateway in its own process, started on a free port in the same way as by a user, but not warmed up. */
public final class GatewayProcess implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofMinutes(5);
    private static final String REQUEST = """
            {"model": "gpt-4o", "messages": [{"role": "user", "content": "Hello!"}]}""";

    private final HttpClient http = HttpClient.newHttpClient();
    private final BlockingQueue<String> unread = new LinkedBlockingQueue<>();
    private final List<String> output = new ArrayList<>();
    private final Process process;
    private final Thread reader;
    private final int port;

    private GatewayProcess(Process process, int port) {
        this.process = process;
        this.port = port;
        reader = new Thread(() -> process.inputReader().lines().forEach(unread::add), "output");
        reader.setDaemon(true);
        reader.start();
    }

    public static GatewayProcess start(Path folder, List<String> command) throws IOException {
        return start(folder, command, String.valueOf(FreePort.next()));
    }

    /** @param port the value of the environment variable, which may be invalid */
    public static GatewayProcess start(Path folder, List<String> command, String port) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().put("PORT", port);
        builder.environment().put("WARM_UP", "false");
        return new GatewayProcess(builder.start(), port.matches("\\d+") ? Integer.parseInt(port) : 0);
    }

    public int port() {
        return port;
    }

    /** Waits for the next line of the output that contains the text, and returns it. */
    public String await(String text) throws InterruptedException {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (true) {
            String line = unread.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (line == null) {
                throw new AssertionError("No line contains '" + text + "' in " + String.join("\n", output));
            }
            output.add(line);
            if (line.contains(text)) {
                return line;
            }
        }
    }

    public HttpResponse<String> send() throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/chat/completions"))
                .header("Content-Type", "application/json")
                .timeout(TIMEOUT)
                .POST(HttpRequest.BodyPublishers.ofString(REQUEST)).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** The body of a GET. */
    public String get(String path) {
        try (RawClient client = RawClient.connect(port).get(path)) {
            return client.response().text();
        }
    }

    /** Waits until the process has ended by itself and its output is read. Returns its exit status. */
    public int awaitEnd() throws InterruptedException {
        if (!process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
            // The JVM then writes its threads to the output.
            signal("QUIT");
            reader.join(5_000);
            throw new AssertionError("The process does not end: " + String.join("\n", output()));
        }
        reader.join(TIMEOUT.toMillis());
        return process.exitValue();
    }

    /** Sends SIGTERM, as an operator does. {@link Process#destroy} would also stop reading the output. */
    public void stop() {
        process.toHandle().destroy();
    }

    /** Suspends the process: its connections stay open (SIGSTOP). */
    public void suspend() {
        signal("STOP");
    }

    public void resume() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** All lines so far. */
    public List<String> output() {
        unread.drainTo(output);
        return List.copyOf(output);
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
