package dev.openaigateway.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the system says a process holds. */
final class Memory {

    private Memory() {
    }

    /** Resident memory in MB, "?" where the system has no {@code /proc}. */
    static String resident(Process process) {
        return read(process, "VmRSS:");
    }

    /** The most that was resident at any time so far. */
    static String peak(Process process) {
        return read(process, "VmHWM:");
    }

    private static String read(Process process, String field) {
        try {
            return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                    .filter(line -> line.startsWith(field))
                    .map(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024 + " MB")
                    .findFirst().orElse("?");
        } catch (IOException e) {
            return "?";
        }
    }
}
