package dev.openaigateway.app;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.openaigateway.config.load.Environment;
import dev.openaigateway.config.load.SettingsLoader;
import dev.openaigateway.openai.Json;
import dev.openaigateway.problem.InvalidSettingsException;

import java.util.List;
import java.util.Map;

/** Settings that stand in for those that are not valid, so that rules can be checked. */
final class StandInSettings {

    private StandInSettings() {
    }

    /**
     * Returns valid settings with the names and tags of the instances of all files and variables.
     *
     * @throws InvalidSettingsException if they are not known, because a file or a variable cannot be read
     */
    static String json(Environment environment) throws InvalidSettingsException {
        ObjectNode valid = Json.MAPPER.createObjectNode();
        for (Map.Entry<String, List<String>> instance : new SettingsLoader(environment, Map::of).instanceTags().entrySet()) {
            ObjectNode values = valid.withArray("instances").addObject();
            values.put("name", instance.getKey()).put("provider_type", "generic").put("api_key", "k").put("api_base", "http://localhost");
            instance.getValue().forEach(values.withArray("tags")::add);
        }
        return valid.toString();
    }
}
