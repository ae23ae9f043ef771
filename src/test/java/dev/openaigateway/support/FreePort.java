package dev.openaigateway.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports for servers that are started later. They lie below those that the system gives to outgoing connections, so that no
 * connection takes one meanwhile. Each process has a block of its own, so that no other process takes the port of a server that
 * is down for a while. Thread-safe.
 */
public final class FreePort {

    private static final int LOWEST = 10_000;
    /** Redis adds 10,000 for the bus of a cluster, which must not be a port of an outgoing connection either. */
    private static final int BLOCKS = 10;
    private static final int BLOCK = 1000;
    /** Kept here: a lock that nothing refers to ends with the next garbage collection. */
    private static FileLock lock;
    private static final int FIRST = LOWEST + BLOCK * ownBlock();
    private static final AtomicInteger NEXT = new AtomicInteger(ThreadLocalRandom.current().nextInt(BLOCK));

    private FreePort() {
    }

    /** A port on which nothing listens at this moment. This process does not get the same again soon. */
    public static int next() {
        for (int tries = 0; tries < BLOCK; tries++) {
            int port = FIRST + Math.floorMod(NEXT.getAndIncrement(), BLOCK);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("No port is free from " + FIRST + " to " + (FIRST + BLOCK - 1) + ".");
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    /** Locks a block until this process ends. If other processes have them all, this one shares a block with one of them. */
    private static int ownBlock() {
        int first = ThreadLocalRandom.current().nextInt(BLOCKS);
        for (int i = 0; i < BLOCKS; i++) {
            int block = (first + i) % BLOCKS;
            if (locks(block)) {
                return block;
            }
        }
        return first;
    }

    private static boolean locks(int block) {
        try {
            Path folder = Files.createDirectories(Path.of(System.getProperty("java.io.tmpdir"), "gateway-test-ports"));
            FileChannel file = FileChannel.open(folder.resolve(String.valueOf(block)), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            lock = file.tryLock();
            if (lock == null) {
                file.close();
            }
            return lock != null;
        } catch (OverlappingFileLockException ofThisProcess) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
