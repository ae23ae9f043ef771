package dev.openaigateway.support;

import dev.openaigateway.runtime.Gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The gateway in a JVM of its own, so that it can be killed. */
public final class GatewayProcess implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Process process;
    private final int port;

    private GatewayProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Returns at once; {@link #awaitReady} tells when it serves. */
    public static GatewayProcess launch(String yaml) {
        int port = TestGateway.freePort();
        try {
            Path folder = Files.createTempDirectory("gateway-process");
            Path settings = Files.writeString(folder.resolve("settings.yaml"), yaml);
            ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx192m", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), Gateway.class.getName());
            builder.environment().put("PORT", Integer.toString(port));
            builder.environment().put("GATEWAY_CONFIG", settings.toString());
            Process process = builder.redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile()).start();
            return new GatewayProcess(process, port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public GatewayProcess awaitReady() {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health/ready")).build();
        long end = System.nanoTime() + LIMIT.toNanos();
        while (System.nanoTime() < end && process.isAlive()) {
            try {
                if (client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                    return this;
                }
                process.waitFor(50, TimeUnit.MILLISECONDS);
            } catch (IOException notYet) {
                Thread.yield();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        throw new AssertionError("the gateway did not come up");
    }

    public int port() {
        return port;
    }

    /** Ends it as {@code kill -9} does. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}
