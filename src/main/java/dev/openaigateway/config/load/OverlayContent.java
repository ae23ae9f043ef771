package dev.openaigateway.config.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.openaigateway.problem.InvalidSettingsException;
import dev.openaigateway.problem.Problem;

/**
 * What the overlay file is to hold after a change, as it is read. Its text is changed node by node, and a node may stand for more than the
 * change is about: anchors, aliases and merge keys share it. Not thread-safe.
 */
final class OverlayContent {

    private final String source;
    private final ObjectNode root;

    private OverlayContent(String source, ObjectNode root) {
        this.source = source;
        this.root = root;
    }

    static OverlayContent of(String source, String yaml) throws InvalidSettingsException {
        return new OverlayContent(source, YamlReader.read(source, yaml).root());
    }

    /** Changes keys of one instance. */
    void merge(String instance, ObjectNode values) {
        merge(element(instance), values);
    }

    /** Changes keys at the root. Objects are merged key by key, other values are replaced. */
    void merge(ObjectNode values) {
        merge(root, values);
    }

    private ObjectNode element(String name) {
        for (JsonNode known : root.path("instances")) {
            if (known instanceof ObjectNode element && known.path("name").asText().equals(name)) {
                return element;
            }
        }
        return root.withArrayProperty("instances").addObject().put("name", name);
    }

    private static void merge(ObjectNode target, ObjectNode values) {
        values.properties().forEach(entry -> {
            if (entry.getValue() instanceof ObjectNode inner && target.get(entry.getKey()) instanceof ObjectNode known) {
                merge(known, inner);
            } else {
                target.set(entry.getKey(), entry.getValue());
            }
        });
    }

    /** @throws InvalidSettingsException if the text is read as something else */
    void require(String yaml) throws InvalidSettingsException {
        if (!isReadAsIntended(yaml)) {
            throw Problem.about(source, "has anchors, merge keys or comments that do not allow this change alone; edit the file");
        }
    }

    private boolean isReadAsIntended(String yaml) {
        try {
            return YamlReader.read(source, yaml).root().equals(root);
        } catch (InvalidSettingsException notReadable) {
            // Some comments inside brackets are written where YAML allows none.
            return false;
        }
    }
}
