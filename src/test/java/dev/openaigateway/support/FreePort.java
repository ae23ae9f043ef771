package dev.openaigateway.support;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports for servers that are started later. They lie below those that the system gives to outgoing connections, so that no
 * connection takes one meanwhile. Each process begins at a random one. Thread-safe.
 */
public final class FreePort {

    private static final int LOWEST = 10_000;
    /** Redis adds 10,000 for the bus of a cluster, which must not be a port of an outgoing connection either. */
    private static final int COUNT = 10_000;
    private static final AtomicInteger NEXT = new AtomicInteger(ThreadLocalRandom.current().nextInt(COUNT));

    private FreePort() {
    }

    /** A port on which nothing listens at this moment. This process does not get the same again soon. */
    public static int next() {
        for (int tries = 0; tries < COUNT; tries++) {
            int port = LOWEST + Math.floorMod(NEXT.getAndIncrement(), COUNT);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("No port is free from " + LOWEST + " to " + (LOWEST + COUNT - 1) + ".");
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
