package dev.openaigateway.warmup;

import dev.openaigateway.support.ProcessTest;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/** Runs in a JVM of its own, since the heap belongs to the whole process. */
@ProcessTest
class MemoryReleaseTest {

    private static final int MB = 1024 * 1024;
    private static final int INITIAL = 256;

    @Test
    void shouldShrinkTheHeap() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseG1GC", "-XX:InitialHeapSize=" + INITIAL + "m", "-Xmx512m",
                "-cp", System.getProperty("java.class.path"), MemoryReleaseTest.class.getName()).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(Integer.parseInt(output)).as("MB of heap").isLessThan(INITIAL / 2);
    }

    /** The process: writes the size of the heap in MB. */
    public static void main(String[] args) {
        MemoryRelease.run();
        System.out.println(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getCommitted() / MB);
    }
}
