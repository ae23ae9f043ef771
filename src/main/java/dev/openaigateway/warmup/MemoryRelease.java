package dev.openaigateway.warmup;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * Gives memory that the warm-up no longer needs back to the operating system: that of the C library, from which Java's compiler takes its
 * memory, and the free part of the Java heap beyond what the JVM's settings keep. A heap shrunk further would collect garbage all the time in
 * the first seconds under load (benchmark row "cold").
 */
final class MemoryRelease {

    private MemoryRelease() {
    }

    /** Collects garbage. What the JVM does not support is skipped. */
    static void run() {
        trim();
        System.gc();
    }

    private static void trim() {
        try {
            ManagementFactory.getPlatformMBeanServer().invoke(new ObjectName("com.sun.management:type=DiagnosticCommand"), "systemTrimNativeHeap", null, null);
        } catch (JMException ignored) {
            // Only JVMs on Linux with glibc have this command, and not all versions.
            return;
        }
    }
}
