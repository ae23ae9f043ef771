package dev.openaigateway.config.load;

import dev.openaigateway.log.root.GatewayLog;
import dev.openaigateway.problem.InvalidSettingsException;
import dev.openaigateway.problem.Problem;
import org.slf4j.Logger;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Held while the overlay file is read, changed and written. Gateways that share the file would otherwise overwrite each other's changes: a new
 * key would be lost, and a revoked one would be valid again. The lock is on a file beside it, since the overlay itself is replaced by each change.
 */
final class OverlayLock implements AutoCloseable {

    private static final Logger LOG = GatewayLog.LOG;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(10);
    /** A lock of a file keeps out other processes only, so this one keeps out the other threads of this process. */
    private static final ReentrantLock IN_PROCESS = new ReentrantLock();

    private final FileChannel channel;

    private OverlayLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Waits up to ten seconds.
     *
     * @throws IOException               if the folder cannot be written
     * @throws InvalidSettingsException if another gateway holds the lock all that time
     */
    static OverlayLock acquire(Path overlay) throws IOException, InvalidSettingsException {
        long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
        Files.createDirectories(overlay.getParent());
        FileChannel channel = FileChannel.open(overlay.resolveSibling("." + overlay.getFileName() + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean isLocked = false;
        try {
            if (isFreeInProcess() && lock(channel, deadline)) {
                isLocked = true;
                return new OverlayLock(channel);
            }
        } finally {
            if (!isLocked) {
                release(channel);
            }
        }
        throw Problem.about(overlay.getFileName().toString(), "is being changed by another gateway; try again");
    }

    private static boolean isFreeInProcess() {
        try {
            return IN_PROCESS.tryLock(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static boolean lock(FileChannel channel, long deadline) {
        do {
            try {
                if (channel.tryLock() != null) {
                    return true;
                }
            } catch (OverlappingFileLockException held) {
                LOG.debug("The lock of the overlay file is held in this process");
            } catch (IOException e) {
                LOG.warn("The overlay file is on a file system without locks, so that changes of several gateways at the same moment may be lost: {}", e.toString());
                return true;
            }
            LockSupport.parkNanos(POLL_INTERVAL.toNanos());
        } while (System.nanoTime() - deadline < 0 && !Thread.currentThread().isInterrupted());
        return false;
    }

    private static void release(FileChannel channel) throws IOException {
        try {
            channel.close();
        } finally {
            if (IN_PROCESS.isHeldByCurrentThread()) {
                IN_PROCESS.unlock();
            }
        }
    }

    @Override
    public void close() throws IOException {
        release(channel);
    }
}
