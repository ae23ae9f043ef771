package dev.openaigateway.support;

import dev.openaigateway.config.LiveSettings;
import dev.openaigateway.config.Settings;
import dev.openaigateway.config.load.Environment;
import dev.openaigateway.config.load.InvalidSettingsException;
import dev.openaigateway.config.load.SettingsLoader;

import java.nio.file.Path;
import java.util.Map;

/** Settings for tests of one class. */
public final class TestSettings {

    private TestSettings() {
    }

    /** @param yaml settings in the shape of {@code instances.yaml} */
    public static Settings of(String yaml) {
        try {
            return SettingsLoader.parse(yaml, new Environment(Map.of(), Path.of("")));
        } catch (InvalidSettingsException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** @param yaml settings in the shape of {@code instances.yaml} */
    public static LiveSettings live(String yaml) {
        return new LiveSettings(of(yaml));
    }
}
