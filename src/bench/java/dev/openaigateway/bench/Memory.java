package dev.openaigateway.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Memory of a process as the operating system reports it. */
final class Memory {

    private static final String UNKNOWN = "?";

    private Memory() {
    }

    /** Resident memory in MB; 0 on a system without {@code /proc}. */
    static double megabytes(Process process) {
        return megabytes(resident(process));
    }

    /** Peak resident memory in MB; 0 on a system without {@code /proc}. */
    static double peakMegabytes(Process process) {
        return megabytes(read(process, "VmHWM:"));
    }

    private static double megabytes(String text) {
        return text.equals(UNKNOWN) ? 0 : Double.parseDouble(text.replaceAll("\\D", ""));
    }

    /** Resident memory in MB; "?" on a system without {@code /proc}. */
    static String resident(Process process) {
        return read(process, "VmRSS:");
    }

    private static String read(Process process, String field) {
        try {
            return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                    .filter(line -> line.startsWith(field))
                    .map(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024 + " MB")
                    .findFirst().orElse(UNKNOWN);
        } catch (IOException e) {
            return UNKNOWN;
        }
    }
}
