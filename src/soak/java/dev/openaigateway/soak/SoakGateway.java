package dev.openaigateway.soak;

import dev.openaigateway.support.FreePort;
import dev.openaigateway.support.RawClient;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The packaged gateway in its own process and folder. */
final class SoakGateway implements AutoCloseable {

    static final String KEY = "soak-client-key-0123456789";
    static final String LIMITED_KEY = "limited-client-key-0123456789";
    private static final String BIN = System.getProperty("java.home") + "/bin/";
    private static final long START_SECONDS = 120;

    private final String settings;
    private final Path folder;
    private final int port = FreePort.next();
    private final Process process;
    private int reloads;

    SoakGateway(String jar, String heap, int upstreamPort, String redisUrl) throws IOException {
        settings = """
                routing: { strategy: round_robin, retries: %%d }
                rate_limit: { enabled: true, redis_url: "%1$s", on_redis_failure: closed }
                clients:
                  max_bad_keys: 0
                  keys: [ { name: soak, key: %2$s }, { name: limited, key: %3$s, tpm: %4$d } ]
                logging: { level: WARN }
                instances:
                  - { name: one, provider_type: generic, api_key: k, api_base: "http://127.0.0.1:%5$d/one/v1", supported_models: %6$s }
                  - { name: two, provider_type: generic, api_key: k, api_base: "http://127.0.0.1:%5$d/two/v1", supported_models: %6$s }
                """.formatted(redisUrl, KEY, LIMITED_KEY, Admissions.LIMIT, upstreamPort,
                "[gpt-4o, cut, flaky, failing, refused, embedding, limited, slow]");
        folder = Files.createTempDirectory("gateway-soak");
        reload();
        ProcessBuilder builder = new ProcessBuilder(BIN + "java", "-Xmx" + heap, "-jar", jar).directory(folder.toFile())
                .redirectErrorStream(true).redirectOutput(log().toFile());
        builder.environment().put("GATEWAY_CONFIG", file().toString());
        builder.environment().put("PORT", Integer.toString(port));
        process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    }

    void awaitStart() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!serves()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException("the gateway did not start; see " + log());
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }

    /** Replaces the settings file by one with another value, which the gateway then reads. */
    void reload() throws IOException {
        reloads++;
        Path next = Files.writeString(folder.resolve("next"), settings.formatted(2 + reloads % 2));
        Files.move(next, file(), StandardCopyOption.ATOMIC_MOVE);
    }

    int reloads() {
        return reloads;
    }

    int port() {
        return port;
    }

    boolean alive() {
        return process.isAlive();
    }

    Path log() {
        return folder.resolve("gateway.log");
    }

    List<String> metrics() {
        try (RawClient client = RawClient.connect(port).get("/metrics")) {
            return client.response().text().lines().filter(line -> !line.startsWith("#")).toList();
        }
    }

    /** Collects the heap and returns the bytes of the objects that are left. */
    long liveBytes() throws IOException {
        Process jcmd = new ProcessBuilder(BIN + "jcmd", Long.toString(process.pid()), "GC.class_histogram").start();
        String total = jcmd.inputReader().lines().filter(line -> line.startsWith("Total")).findFirst()
                .orElseThrow(() -> new IOException("jcmd cannot read the heap"));
        return Long.parseLong(total.trim().split("\\s+")[2]);
    }

    int descriptors() throws IOException {
        try (var open = Files.list(Path.of("/proc/" + process.pid() + "/fd"))) {
            return (int) open.count();
        }
    }

    int threads() throws IOException {
        try (var running = Files.list(Path.of("/proc/" + process.pid() + "/task"))) {
            return (int) running.count();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private Path file() {
        return folder.resolve("settings.yaml");
    }

    private boolean serves() {
        try (RawClient client = RawClient.connect(port).get("/health/ready")) {
            return client.response().status() == 200;
        } catch (RuntimeException | AssertionError notYet) {
            return false;
        }
    }
}
