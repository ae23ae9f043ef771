package dev.openaigateway.support;

import redis.embedded.core.ExecutableProvider;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A real Redis server on a free port that can be made to fail. It has no persistence; its port survives a restart. */
public final class RedisProcess implements AutoCloseable {

    private final int port;
    private final List<String> options;
    private final Path folder;
    private Process process;

    private RedisProcess(int port, List<String> options) {
        this.port = port;
        this.options = options;
        try {
            this.folder = TemporaryFolder.make("redis");
            Files.createFile(configuration());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param options as on the command line, such as {@code --requirepass}, {@code secret} */
    public static RedisProcess started(String... options) {
        RedisProcess redis = stopped(options);
        redis.start();
        return redis;
    }

    /** Has a port, but nothing listens there yet. */
    public static RedisProcess stopped(String... options) {
        return new RedisProcess(FreePort.next(), List.of(options));
    }

    /** A Sentinel that watches a master under the given name, with a quorum of one. */
    public static RedisProcess sentinel(String name, RedisProcess master, String... options) {
        RedisProcess sentinel = stopped(Stream.concat(Stream.of("--sentinel"), Stream.of(options)).toArray(String[]::new));
        try {
            Files.writeString(sentinel.configuration(), """
                    sentinel monitor %1$s 127.0.0.1 %2$d 1
                    sentinel down-after-milliseconds %1$s 3000
                    sentinel failover-timeout %1$s 1000
                    """.formatted(name, master.port()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        sentinel.start();
        return sentinel;
    }

    /** Starts the server without data and waits until it responds. */
    public void start() {
        try {
            File executable = ExecutableProvider.newJarResourceProvider(folder.toFile()).get();
            List<String> command = new ArrayList<>(List.of(executable.getAbsolutePath(), configuration().toString(),
                    "--port", Integer.toString(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", folder.toString()));
            command.addAll(options);
            process = new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile()).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Eventually.holds("Redis responds or ends", () -> responds() || !process.isAlive());
        if (!process.isAlive()) {
            throw new IllegalStateException("Redis did not start; see " + folder.resolve("log"));
        }
    }

    public int port() {
        return port;
    }

    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    /** Ends the server by SIGKILL and waits until it has ended. */
    public void kill() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Suspends the server: its connections stay open but get no response (SIGSTOP). */
    public void pause() {
        signal("STOP");
    }

    public void resume() {
        signal("CONT");
    }

    /** Sends one inline command and returns the first line of the response. */
    public String command(String words) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) Eventually.TIMEOUT.toMillis());
            OutputStream out = socket.getOutputStream();
            out.write((words + "\r\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
            return firstLine(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends one inline command and returns the lines of the response, which must be a bulk string. */
    public List<String> lines(String words) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) Eventually.TIMEOUT.toMillis());
            socket.getOutputStream().write((words + "\r\n").getBytes(StandardCharsets.UTF_8));
            int bytes = Integer.parseInt(firstLine(socket.getInputStream()).substring(1));
            socket.getInputStream().read();
            return new String(socket.getInputStream().readNBytes(bytes), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How often the command ran since the start, including calls by scripts and excluding rejected calls. */
    public long callsOf(String command) {
        String prefix = "cmdstat_" + command + ":calls=";
        return lines("INFO commandstats").stream().filter(line -> line.startsWith(prefix))
                .mapToLong(line -> Long.parseLong(line.substring(prefix.length(), line.indexOf(',')))).findFirst().orElse(0);
    }

    @Override
    public void close() {
        if (process != null) {
            kill();
        }
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path configuration() {
        return folder.resolve("redis.conf");
    }

    private boolean responds() {
        try {
            String response = command("PING");
            return response.equals("+PONG") || response.startsWith("-NOAUTH");
        } catch (UncheckedIOException notYet) {
            return false;
        }
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

    private static String firstLine(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\r'; next = in.read()) {
            line.append((char) next);
        }
        return line.toString();
    }
}
