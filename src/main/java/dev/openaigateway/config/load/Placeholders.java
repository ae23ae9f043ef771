package dev.openaigateway.config.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces {@code ${NAME}} and {@code ${NAME:-default}} in values from files. The default is used if the variable is not set
 * or empty; without a default, a variable that is not set is a problem. Replacements are not expanded again.
 */
final class Placeholders {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_.-]*?)(?::-([^}]*+))?}");

    private final Map<String, String> variables;
    private final SettingsTree tree;
    private final List<Problem> problems = new ArrayList<>();

    private Placeholders(Map<String, String> variables, SettingsTree tree) {
        this.variables = variables;
        this.tree = tree;
    }

    static boolean in(String text) {
        return PLACEHOLDER.matcher(text.substring(0, end(text))).find();
    }

    /** No placeholder ends behind this index. Without this bound, each {@code ${} would be searched for its end in vain. */
    private static int end(String text) {
        return text.lastIndexOf('}') + 1;
    }

    /** Resolves the placeholders of the tree in place. */
    static void resolve(SettingsTree tree, Environment environment) throws InvalidSettingsException {
        Placeholders placeholders = new Placeholders(environment.variables(), tree);
        placeholders.resolved(tree.root(), "");
        if (!placeholders.problems.isEmpty()) {
            throw new InvalidSettingsException(placeholders.problems);
        }
    }

    private JsonNode resolved(JsonNode node, String path) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(entry -> entry.setValue(resolved(entry.getValue(), SettingsTree.join(path, entry.getKey()))));
        } else if (node instanceof ArrayNode list) {
            for (int i = 0; i < list.size(); i++) {
                list.set(i, resolved(list.get(i), SettingsTree.item(path, i)));
            }
        } else if (node.isTextual() && in(node.textValue()) && tree.origin(path).mayHoldPlaceholders()) {
            tree.noteWritten(path, node.textValue());
            String text = node.textValue();
            return JsonNodeFactory.instance.textNode(PLACEHOLDER.matcher(text.substring(0, end(text)))
                    .replaceAll(match -> Matcher.quoteReplacement(value(match.group(1), match.group(2), path, text))) + text.substring(end(text)));
        }
        return node;
    }

    private String value(String name, String fallback, String path, String written) {
        String value = variables.get(name);
        if (fallback != null) {
            return value == null || value.isEmpty() ? fallback : value;
        }
        if (value == null) {
            Origin origin = tree.origin(path);
            problems.add(new Problem(origin.location(), origin.path(), Optional.of(written),
                    "needs the environment variable " + name + ", which is not set (or write ${" + name + ":-default})",
                    DidYouMean.name(name, variables.keySet())));
            return "";
        }
        return value;
    }
}
