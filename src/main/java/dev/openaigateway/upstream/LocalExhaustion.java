package dev.openaigateway.upstream;

import com.sun.management.UnixOperatingSystemMXBean;

import java.lang.management.ManagementFactory;
import java.net.UnknownHostException;
import java.util.List;

/** Recognises failures to connect that this process or its host caused: no file descriptor, port or buffer is left. */
final class LocalExhaustion {

    private static final List<String> PHRASES = List.of(
            "Too many open files", "No file descriptors available", "Cannot assign requested address", "Address not available",
            "Can't assign requested address", "No buffer space available", "Cannot allocate memory", "Cannot reserve", "Direct buffer memory");
    private static final int DEEPEST = 10;
    /** Resolving a name opens a few files. */
    private static final int NEEDED_DESCRIPTORS = 4;

    private LocalExhaustion() {
    }

    static boolean caused(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
            String message = cause.getMessage();
            if (message != null && PHRASES.stream().anyMatch(message::contains)
                    || cause instanceof UnknownHostException && hasNoDescriptors()) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    private static boolean hasNoDescriptors() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                && system.getMaxFileDescriptorCount() - system.getOpenFileDescriptorCount() < NEEDED_DESCRIPTORS;
    }
}
