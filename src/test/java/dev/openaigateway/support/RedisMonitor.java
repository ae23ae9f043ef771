package dev.openaigateway.support;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Records every script that clients run on a Redis, from the creation of this object. */
public final class RedisMonitor implements AutoCloseable {

    private final Socket socket;
    private final BufferedReader lines;
    private final Recording<String> scripts = new Recording<>("runs of scripts");

    public RedisMonitor(RedisProcess redis) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), redis.port());
            lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            socket.getOutputStream().write("MONITOR\r\n".getBytes(StandardCharsets.UTF_8));
            lines.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread reading = new Thread(this::read, "redis-monitor");
        reading.setDaemon(true);
        reading.start();
    }

    /** The lines that Redis reports for the scripts, except those of the gateways' heartbeat. */
    public List<String> scripts() {
        return scripts.seen();
    }

    public List<String> awaitScripts(int count) {
        return scripts.await(count, Eventually.TIMEOUT);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read() {
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.contains("] \"EVALSHA\"") && !line.contains("{tpm}:gateways")) {
                    scripts.add(line);
                }
            }
        } catch (IOException closed) {
            return;
        }
    }
}
