package dev.openaigateway.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** All the clients that a Redis takes, until this object is closed. */
public final class RedisClients implements AutoCloseable {

    private final List<Socket> clients = new ArrayList<>();

    /** @param count the {@code --maxclients} of the Redis. An earlier client of it may still be about to go. */
    public RedisClients(RedisProcess redis, int count) {
        Eventually.holds("there are " + count + " clients", () -> clients.size() == count || add(redis) && clients.size() == count);
    }

    private boolean add(RedisProcess redis) {
        try {
            Socket client = new Socket(InetAddress.getLoopbackAddress(), redis.port());
            client.setSoTimeout((int) Eventually.TIMEOUT.toMillis());
            clients.add(client);
            if (isTaken(client)) {
                return true;
            }
            clients.remove(client);
            client.close();
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isTaken(Socket client) {
        try {
            client.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            return client.getInputStream().read() == '+';
        } catch (IOException closed) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            for (Socket client : clients) {
                client.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
