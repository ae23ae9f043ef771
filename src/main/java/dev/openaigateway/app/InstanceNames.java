package dev.openaigateway.app;

import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Reads the names of instances from settings that are not valid otherwise. */
final class InstanceNames {

    private InstanceNames() {
    }

    /** Returns valid settings with the names and tags of the file's instances. */
    static String in(Path settings) throws IOException {
        StringBuilder valid = new StringBuilder("instances:\n");
        for (Object instance : instances(Files.readString(settings))) {
            if (instance instanceof Map<?, ?> values && values.get("name") instanceof String name) {
                valid.append("  - { name: \"").append(name).append("\", provider_type: generic, api_key: k, api_base: \"http://localhost\"");
                if (values.get("tags") instanceof List<?> tags) {
                    valid.append(", tags: ").append(tags);
                }
                valid.append(" }\n");
            }
        }
        return valid.toString();
    }

    private static List<?> instances(String text) throws IOException {
        try {
            return new Load(LoadSettings.builder().build()).loadFromString(text) instanceof Map<?, ?> root
                    && root.get("instances") instanceof List<?> list ? list : List.of();
        } catch (YamlEngineException e) {
            throw new IOException(e);
        }
    }
}
