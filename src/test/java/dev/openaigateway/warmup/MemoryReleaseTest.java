package dev.openaigateway.warmup;

import com.sun.management.HotSpotDiagnosticMXBean;
import dev.openaigateway.support.ProcessTest;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Runs in a JVM of its own, since the heap and its settings belong to the whole process. */
@ProcessTest
class MemoryReleaseTest {

    private static final int MB = 1024 * 1024;
    private static final int INITIAL = 256;

    @Test
    void shouldShrinkTheHeapAndKeepItsSettings() throws IOException, InterruptedException {
        List<String> before = run();
        assertThat(before).as("settings before and after").hasSize(3);
        assertThat(before.get(0)).isEqualTo(before.get(1));
        assertThat(Integer.parseInt(before.get(2))).as("MB of heap").isLessThan(INITIAL / 4);
    }

    @Test
    void shouldNotChangeWhatTheUserHasSet() throws IOException, InterruptedException {
        List<String> kept = run("-XX:MinHeapFreeRatio=95", "-XX:MaxHeapFreeRatio=100");
        assertThat(kept).startsWith("95 100", "95 100");
        assertThat(Integer.parseInt(kept.get(2))).as("MB of heap").isGreaterThanOrEqualTo(INITIAL / 4);
    }

    private static List<String> run(String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseG1GC", "-XX:InitialHeapSize=" + INITIAL + "m", "-Xmx512m"));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), MemoryReleaseTest.class.getName()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output.lines().toList();
    }

    /** The process: writes the settings before and after, and the size of the heap in MB. */
    public static void main(String[] args) {
        String before = ratios();
        MemoryRelease.run();
        System.out.println(before + "\n" + ratios() + "\n" + ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getCommitted() / MB);
    }

    private static String ratios() {
        HotSpotDiagnosticMXBean jvm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        return jvm.getVMOption("MinHeapFreeRatio").getValue() + " " + jvm.getVMOption("MaxHeapFreeRatio").getValue();
    }
}
