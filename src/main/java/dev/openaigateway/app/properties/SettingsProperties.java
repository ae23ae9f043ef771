package dev.openaigateway.app.properties;

import org.apache.camel.spi.PropertiesSource;

/** Makes settings available to routes, as {@code {{gateway...}}} placeholders. */
public final class SettingsProperties implements PropertiesSource {

    private final boolean demo;

    public SettingsProperties(boolean demo) {
        this.demo = demo;
    }

    @Override
    public String getName() {
        return "gateway";
    }

    @Override
    public String getProperty(String name) {
        return name.equals("gateway.demo") ? String.valueOf(demo) : null;
    }
}
