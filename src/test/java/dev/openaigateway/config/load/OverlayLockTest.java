package dev.openaigateway.config.load;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class OverlayLockTest {

    @TempDir
    Path folder;

    /** The lock of the test stands for that of another process. */
    @Test
    void shouldWaitForTheLockOfTheFileBesideTheOverlay() throws Exception {
        Path overlay = folder.resolve("shared/overlay.yaml");
        OverlayLock.acquire(overlay).close();
        CompletableFuture<Boolean> acquired;
        try (FileChannel other = FileChannel.open(folder.resolve("shared/.overlay.yaml.lock"), StandardOpenOption.WRITE)) {
            FileLock held = other.lock();
            acquired = CompletableFuture.supplyAsync(() -> isStillHeld(overlay, held));
            assertThat(acquired).isNotDone();
            held.release();
        }

        assertThat(acquired.get(20, TimeUnit.SECONDS)).as("acquired while another held it").isFalse();
        assertThat(overlay).doesNotExist();
        OverlayLock.acquire(overlay).close();
    }

    private static boolean isStillHeld(Path overlay, FileLock held) {
        try (OverlayLock lock = OverlayLock.acquire(overlay)) {
            return held.isValid();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void shouldBeFreeAfterAFailure() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> OverlayLock.acquire(file.resolve("overlay.yaml"))).isInstanceOf(IOException.class);
        }
        OverlayLock.acquire(folder.resolve("overlay.yaml")).close();
    }
}
