package dev.openaigateway.app;

import dev.openaigateway.config.load.Environment;
import dev.openaigateway.log.LogStart;
import dev.openaigateway.log.root.GatewayLog;
import dev.openaigateway.warmup.LoopbackUpstream;
import org.apache.camel.main.Main;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Runs the gateway under mixed traffic for some seconds, while the JVM records a start-up cache ({@code -XX:AOTCacheOutput}):
 * chats, streams, counted prompts, a reached limit, wrong requests and an upstream that cannot be reached. Needs no network.
 */
public final class Training {

    private static final int CLIENTS = 8;
    private static final int ROUNDS = 250;
    private static final String KEY = "training-key-0123456789";
    private static final String LIMITED_KEY = "training-limited-key-0123456789";
    /** The address without a server loads the classes of the Redis client, and shows how a lost Redis is handled. */
    private static final String SETTINGS = """
            name: training
            host: 127.0.0.1
            routing: { retries: 2 }
            rate_limit: { enabled: true, tpm: 1000000000, redis_url: "redis://127.0.0.1:1" }
            clients: { max_bad_keys: 0, keys: [ { name: training, key: %s }, { name: limited, key: %s, tpm: 100 } ] }
            logging: { level: ERROR }
            instances:
              - { name: one, provider_type: generic, api_key: training, api_base: "http://127.0.0.1:%d/v1", supported_models: [gpt-4o], max_tpm: 1000000000 }
              - { name: two, provider_type: azure, api_key: training, api_base: "http://127.0.0.1:%d", supported_models: [gpt-4o], max_tpm: 1000000000 }
              - { name: no-tls, provider_type: generic, api_key: training, api_base: "https://127.0.0.1:%d/v1", supported_models: [gpt-4o] }
            """;
    private static final String CHAT = "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"system\",\"content\":\"Be brief.\"},"
            + "{\"role\":\"user\",\"content\":\"Explain in two short sentences why the sky is blue at noon and red in the evening.\"}]%s}";

    private final String base;

    private Training(int port) {
        base = "http://127.0.0.1:" + port;
    }

    /**
     * Exits with status 1 if a request gets an unexpected status.
     *
     * @param args the number of rounds of each client, optional
     */
    public static void main(String... args) {
        LogStart.start();
        try {
            train(args.length == 0 ? ROUNDS : Integer.parseInt(args[0]));
        } catch (Exception e) {
            GatewayLog.LOG.error("The training failed", e);
            System.exit(1);
        }
        System.exit(0);
    }

    private static void train(int rounds) throws Exception {
        int port = freePort();
        Path folder = Files.createTempDirectory("training");
        Path settings = folder.resolve("training.yaml");
        try (LoopbackUpstream upstream = new LoopbackUpstream()) {
            Files.writeString(settings, SETTINGS.formatted(KEY, LIMITED_KEY, upstream.port(), upstream.port(), upstream.port()));
            Main main = Gateway.main(folder);
            main.bind("environment", new Environment(Map.of("PORT", Integer.toString(port), "GATEWAY_CONFIG", settings.toString()), folder));
            main.start();
            new Training(port).run(rounds);
            main.stop();
        } finally {
            Files.deleteIfExists(settings);
            Files.deleteIfExists(folder);
        }
    }

    private void run(int rounds) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Future<?>> running = IntStream.range(0, CLIENTS).<Future<?>>mapToObj(i -> clients.submit(() -> {
                for (int round = 0; round < rounds; round++) {
                    round();
                }
                return null;
            })).toList();
            for (Future<?> each : running) {
                each.get();
            }
        } finally {
            clients.shutdownNow();
        }
    }

    private void round() throws IOException {
        chat(KEY, "", 200);
        chat(KEY, ",\"stream\":true", 200);
        chat(KEY, ",\"stream\":true,\"stream_options\":{\"include_usage\":true}", 200);
        chat(KEY, ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"read\",\"parameters\":{\"type\":\"object\"}}}]", 200);
        chat(LIMITED_KEY, ",\"max_tokens\":1000", 429);
        chat("wrong", "", 401);
        request("/v1/chat/completions", KEY, "{\"model\":\"unknown\",\"messages\":[]}", 404);
        request("/v1/chat/completions", KEY, "{", 400);
        request("/v1/models", KEY, null, 200);
        request("/metrics", null, null, 200);
        request("/health/ready", null, null, 200);
    }

    private void chat(String key, String more, int expected) throws IOException {
        request("/v1/chat/completions", key, CHAT.formatted(more), expected);
    }

    private void request(String path, String key, String body, int expected) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) URI.create(base + path).toURL().openConnection();
        if (key != null) {
            connection.setRequestProperty("Authorization", "Bearer " + key);
        }
        if (body != null) {
            connection.setDoOutput(true);
            connection.setRequestProperty("Content-Type", "application/json");
            connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
        }
        int status = connection.getResponseCode();
        try (InputStream response = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            String text = new String(response.readAllBytes(), StandardCharsets.UTF_8);
            if (status != expected) {
                throw new IOException(path + " responded with " + status + ", not " + expected + ": " + text);
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
