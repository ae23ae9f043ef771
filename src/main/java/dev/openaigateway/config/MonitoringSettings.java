package dev.openaigateway.config;

import java.time.Duration;
import java.util.List;

/**
 * @param statsWindow       the window of {@code /stats}
 * @param additionalWindows further windows, shortest first
 */
public record MonitoringSettings(Duration statsWindow, List<Duration> additionalWindows) {

    public MonitoringSettings {
        additionalWindows = List.copyOf(additionalWindows);
    }

    public Duration longestWindow() {
        return additionalWindows.stream().reduce(statsWindow, (one, other) -> one.compareTo(other) < 0 ? other : one);
    }
}
