package dev.openaigateway.reload;

import dev.openaigateway.config.load.SettingsChange;

import java.util.List;
import java.util.stream.Collectors;

/** What a reload changed, in words for the log. */
final class ChangedPaths {

    /** So many paths are listed in one log line. */
    private static final int MOST = 20;

    private ChangedPaths() {
    }

    static String of(List<SettingsChange> changes) {
        return changes.isEmpty() ? "nothing" : changes.stream().map(SettingsChange::path).limit(MOST).collect(Collectors.joining(", "))
                + (changes.size() > MOST ? " and " + (changes.size() - MOST) + " more" : "");
    }
}
