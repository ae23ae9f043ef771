package dev.openaigateway.warmup;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.VMOption;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * Gives memory that the warm-up no longer needs back to the operating system: the unused part of the Java heap, and that of the C library,
 * from which Java's compiler takes its memory (benchmark row "start"). Otherwise the process keeps 50 to 70 MB until its heap shrinks, which does
 * not happen while it is idle.
 */
final class MemoryRelease {

    private static final HotSpotDiagnosticMXBean JVM = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    private static final String LEAST_FREE = "MinHeapFreeRatio";
    private static final String MOST_FREE = "MaxHeapFreeRatio";

    private MemoryRelease() {
    }

    /** Collects garbage. What the JVM does not support is skipped. Ratios that the user has set are kept. */
    static void run() {
        trim();
        if (isDefault(LEAST_FREE) && isDefault(MOST_FREE)) {
            String least = JVM.getVMOption(LEAST_FREE).getValue();
            String most = JVM.getVMOption(MOST_FREE).getValue();
            set(LEAST_FREE, "10", MOST_FREE, "30");
            System.gc();
            set(MOST_FREE, most, LEAST_FREE, least);
        } else {
            System.gc();
        }
    }

    private static boolean isDefault(String option) {
        return JVM != null && JVM.getDiagnosticOptions().stream().filter(found -> found.getName().equals(option))
                .anyMatch(found -> found.getOrigin() == VMOption.Origin.DEFAULT);
    }

    /** In this order: the least share of the heap that is free must not exceed the most. */
    private static void set(String first, String percent, String second, String secondPercent) {
        JVM.setVMOption(first, percent);
        JVM.setVMOption(second, secondPercent);
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
