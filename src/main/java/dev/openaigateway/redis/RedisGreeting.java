package dev.openaigateway.redis;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * What a Redis says to a client that has sent nothing: only why it refuses the connection. It closes such a connection at once, so a client that sends a
 * command may see no more than the end of it. Thread-safe.
 */
final class RedisGreeting {

    /** To find the address, to connect and to read. A refusal comes as soon as the connection is there. */
    private static final int LONGEST_MILLIS = 100;
    private static final int LONGEST_LINE = 512;

    private final List<String> hosts;

    /** @param hosts each as {@code redis://host:port} */
    RedisGreeting(List<String> hosts) {
        this.hosts = hosts;
    }

    /** Why the first of the hosts refuses connections; empty if it does not, or does not say so within a tenth of a second. */
    Optional<String> refusal() {
        // The lookup of a host's name has no timeout of its own.
        return CompletableFuture.supplyAsync(this::ask).completeOnTimeout(Optional.empty(), LONGEST_MILLIS, TimeUnit.MILLISECONDS).join();
    }

    private Optional<String> ask() {
        URI host = URI.create(hosts.get(0));
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host.getHost(), host.getPort()), LONGEST_MILLIS);
            socket.setSoTimeout(LONGEST_MILLIS);
            byte[] greeting = new byte[LONGEST_LINE];
            int length = socket.getInputStream().read(greeting);
            return length < 0 ? Optional.empty() : RedisRefusals.in(new String(greeting, 0, length, StandardCharsets.ISO_8859_1));
        } catch (IOException | RuntimeException silent) {
            return Optional.empty();
        }
    }
}
