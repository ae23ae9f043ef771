package dev.openaigateway.log;

import dev.openaigateway.app.Gateway;
import dev.openaigateway.support.Checkout;
import dev.openaigateway.support.GatewayProcess;
import dev.openaigateway.support.ProcessTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

/** The disk of the log file is full. */
@ProcessTest
class FullDiskTest {

    @TempDir
    Path folder;

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldReportOneLineAndNoStackTrace() throws Exception {
        Files.createDirectory(folder.resolve("routes"));
        Files.createSymbolicLink(folder.resolve("full.log"), Path.of("/dev/full"));
        Files.writeString(folder.resolve("routes/instances.yaml"), "logging: { file: full.log }\n");
        List<String> command = Checkout.shortLived("-cp", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")), Gateway.class.getName());

        try (GatewayProcess gateway = GatewayProcess.start(folder, command)) {
            gateway.await("No instance is configured");

            assertThat(gateway.output()).filteredOn(line -> line.contains("full.log") || line.contains("logging.file")).singleElement().asString()
                    .endsWith("logging.file cannot be written, and lacks lines: No space left on device");
            assertThat(gateway.output()).noneMatch(line -> line.contains("\tat ") || line.contains("Exception"));
        }
    }

    @Test
    void shouldReportOnceAMinute() {
        List<String> reports = new ArrayList<>();
        AtomicLong time = new AtomicLong();
        FileFailures failures = new FileFailures(reports::add, time::get);

        failures.error("first", null, new IllegalStateException("Error writing", new IOException("No space left on device")));
        failures.error("second");
        time.set(MINUTES.toNanos(1) - 1);
        failures.error("third", new IOException());
        assertThat(reports).containsExactly("logging.file cannot be written, and lacks lines: No space left on device");

        time.incrementAndGet();
        failures.error("fourth");
        assertThat(reports).hasSize(2).last().asString().endsWith(": fourth");
    }
}
