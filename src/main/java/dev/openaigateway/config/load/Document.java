package dev.openaigateway.config.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.openaigateway.problem.InvalidSettingsException;
import dev.openaigateway.problem.Problem;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A parsed file, in the structure of {@code instances.yaml}.
 *
 * @param lines line numbers by path; may be empty
 */
record Document(String source, ObjectNode root, Map<String, Integer> lines) {

    Origin origin(String path) {
        return new Origin(source, path, lines.getOrDefault(path, 0));
    }

    /** The document as a tree, with instances and models by name. */
    SettingsTree tree() throws InvalidSettingsException {
        SettingsTree tree = new SettingsTree();
        for (var entry : root.properties()) {
            String key = entry.getKey();
            if (SettingsTree.isNamedList(key)) {
                putNamed(tree, key, entry.getValue());
            } else {
                tree.put(origin(key), entry.getValue(), key);
                noteOrigins(tree, entry.getValue(), key, key);
            }
        }
        return tree;
    }

    /** Puts a list whose elements have names into the tree, by name. */
    void putNamed(SettingsTree tree, String key, JsonNode elements) throws InvalidSettingsException {
        if (elements.isNull() || elements.isMissingNode()) {
            return;
        }
        if (!(elements instanceof ArrayNode list)) {
            throw new InvalidSettingsException(origin(key).problem(null, "must be a list"));
        }
        List<Problem> problems = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            String path = SettingsTree.item(key, i);
            JsonNode name = list.get(i).path("name");
            if (!list.get(i).isObject()) {
                problems.add(origin(path).problem(null, "must be an object with a name"));
            } else if (!name.isTextual() || name.textValue().isBlank()) {
                problems.add(origin(path).problem(null, "must have a name"));
            } else if (tree.root().path(key).has(name.textValue())) {
                problems.add(origin(path + ".name").problem(name.textValue(),
                        "is the name of an earlier " + key.replaceFirst("s$", "") + "; names must be unique"));
            } else {
                tree.put(origin(path), list.get(i), key, name.textValue());
                noteOrigins(tree, list.get(i), SettingsTree.join(key, name.textValue()), path);
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
    }

    private void noteOrigins(SettingsTree tree, JsonNode node, String treePath, String path) {
        tree.noteOrigin(treePath, origin(path));
        node.properties().forEach(entry -> noteOrigins(tree, entry.getValue(),
                SettingsTree.join(treePath, entry.getKey()), SettingsTree.join(path, entry.getKey())));
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                noteOrigins(tree, node.get(i), SettingsTree.item(treePath, i), SettingsTree.item(path, i));
            }
        }
    }
}
