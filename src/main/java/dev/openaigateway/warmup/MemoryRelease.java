package dev.openaigateway.warmup;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.VMOption;

import java.lang.management.ManagementFactory;
import java.util.Map;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * Gives memory that the warm-up no longer needs back to the operating system: the unused part of the Java heap, and that of the C library,
 * from which Java's compiler takes its memory (benchmark row "start"). Otherwise the process keeps 50 to 70 MB until its heap shrinks, which does
 * not happen while it is idle.
 */
final class MemoryRelease {

    private static final String LEAST_FREE = "MinHeapFreeRatio";
    private static final String MOST_FREE = "MaxHeapFreeRatio";
    /** In percent of the heap. The heap grows again when it is needed. */
    private static final Map<String, String> SMALL = Map.of(LEAST_FREE, "10", MOST_FREE, "30");

    private MemoryRelease() {
    }

    /** Collects garbage. What the JVM does not support is skipped. Ratios that the user has set are kept. */
    static void run() {
        trim();
        HotSpotDiagnosticMXBean jvm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        if (jvm == null || !isDefault(jvm, LEAST_FREE) || !isDefault(jvm, MOST_FREE)) {
            System.gc();
        } else {
            shrink(jvm);
        }
    }

    private static boolean isDefault(HotSpotDiagnosticMXBean jvm, String option) {
        return jvm.getDiagnosticOptions().stream().anyMatch(found -> found.getName().equals(option) && found.getOrigin() == VMOption.Origin.DEFAULT);
    }

    /** The least must never exceed the most, so the order of the changes matters. */
    private static void shrink(HotSpotDiagnosticMXBean jvm) {
        String least = jvm.getVMOption(LEAST_FREE).getValue();
        String most = jvm.getVMOption(MOST_FREE).getValue();
        jvm.setVMOption(LEAST_FREE, SMALL.get(LEAST_FREE));
        jvm.setVMOption(MOST_FREE, SMALL.get(MOST_FREE));
        try {
            System.gc();
        } finally {
            jvm.setVMOption(MOST_FREE, most);
            jvm.setVMOption(LEAST_FREE, least);
        }
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
