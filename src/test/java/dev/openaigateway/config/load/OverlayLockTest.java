package dev.openaigateway.config.load;

import dev.openaigateway.support.Eventually;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.lang.Thread.State;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

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
        List<String> order = new CopyOnWriteArrayList<>();
        Thread waiting = new Thread(() -> acquire(overlay, order));
        try (FileChannel other = FileChannel.open(folder.resolve("shared/.overlay.yaml.lock"), StandardOpenOption.WRITE)) {
            FileLock held = other.lock();
            waiting.start();
            Eventually.holds("it waits, or does not", () -> Set.of(State.TIMED_WAITING, State.TERMINATED).contains(waiting.getState()));
            order.add("released");
            held.release();
        }
        waiting.join();

        assertThat(order).containsExactly("released", "acquired");
        OverlayLock.acquire(overlay).close();
    }

    private static void acquire(Path overlay, List<String> order) {
        try (OverlayLock lock = OverlayLock.acquire(overlay)) {
            order.add("acquired");
        } catch (Exception e) {
            order.add(e.toString());
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
