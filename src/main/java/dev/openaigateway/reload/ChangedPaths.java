package dev.openaigateway.reload;

import dev.openaigateway.config.load.SettingsChange;

import java.util.List;
import java.util.regex.Pattern;

/** What a reload changed, in words for the log. */
final class ChangedPaths {

    /** So many paths are listed in one log line. */
    private static final int MOST = 20;
    /** Read only at the start: the listener, the SDK of OpenTelemetry, and the warm-up. */
    private static final Pattern OF_START = Pattern.compile("host|port|tls(\\..*)?|traces\\..*|warm_up|clients\\.max_header_size");

    private ChangedPaths() {
    }

    static String of(List<SettingsChange> changes) {
        List<String> paths = changes.stream().map(SettingsChange::path).toList();
        List<String> later = paths.stream().filter(path -> OF_START.matcher(path).matches()).toList();
        return (paths.isEmpty() ? "nothing" : String.join(", ", paths.subList(0, Math.min(MOST, paths.size()))))
                + (paths.size() > MOST ? " and " + (paths.size() - MOST) + " more" : "")
                + (later.isEmpty() ? "" : ". Until a restart the previous values count for " + String.join(", ", later));
    }
}
