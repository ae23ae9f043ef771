package dev.openaigateway.config.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces {@code ${NAME}} by a variable and {@code ${file:PATH}} by the text of a file, without surrounding blanks, in values
 * from files. The default in {@code ${NAME:-default}} is used if the variable or the file is missing or empty; without a
 * default, a missing one is a problem. Replacements are not expanded again.
 */
final class Placeholders {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(?:file:([^}]+?)|([A-Za-z_][A-Za-z0-9_.-]*?))(?::-([^}]*+))?}");
    private static final int FILE = 1;
    private static final int VARIABLE = 2;
    private static final int DEFAULT = 3;
    private static final int LONGEST_FILE = 64 * 1024;

    private final Environment environment;
    private final List<Path> files = new ArrayList<>();
    private final SettingsTree tree;
    private final List<Problem> problems = new ArrayList<>();

    private Placeholders(Environment environment, SettingsTree tree) {
        this.environment = environment;
        this.tree = tree;
    }

    static boolean in(String text) {
        return PLACEHOLDER.matcher(text.substring(0, end(text))).find();
    }

    /** No placeholder ends behind this index. Without this bound, each {@code ${} would be searched for its end in vain. */
    private static int end(String text) {
        return text.lastIndexOf('}') + 1;
    }

    /** Resolves the placeholders of the tree in place. Returns the files that they name, of which some may not exist. */
    static List<Path> resolve(SettingsTree tree, Environment environment) throws InvalidSettingsException {
        Placeholders placeholders = new Placeholders(environment, tree);
        placeholders.resolved(tree.root(), "");
        if (!placeholders.problems.isEmpty()) {
            throw new InvalidSettingsException(placeholders.problems);
        }
        return placeholders.files;
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
                    .replaceAll(match -> Matcher.quoteReplacement(value(match, path, text))) + text.substring(end(text)));
        }
        return node;
    }

    private String value(MatchResult placeholder, String path, String written) {
        String name = placeholder.group(VARIABLE);
        String file = placeholder.group(FILE);
        String value = name == null ? text(file.strip()) : environment.variables().get(name);
        String fallback = placeholder.group(DEFAULT);
        if (fallback != null) {
            return value == null || value.isEmpty() ? fallback : value;
        }
        if (value == null) {
            problem(path, written, name == null
                    ? "needs the file " + file.strip() + ", which does not exist, cannot be read as text, or is longer than 64 KB"
                    : "needs the environment variable " + name + ", which is not set (or write ${" + name + ":-default})",
                    name == null ? Optional.empty() : DidYouMean.name(name, environment.variables().keySet()));
            return "";
        }
        return value;
    }

    /** Null if the file cannot be read. Devices and pipes are not read, since that may never end. */
    private String text(String name) {
        try {
            Path file = environment.path(name);
            files.add(file);
            return Files.isRegularFile(file) && Files.size(file) <= LONGEST_FILE ? Files.readString(file).strip() : null;
        } catch (IOException | InvalidPathException e) {
            return null;
        }
    }

    private void problem(String path, String written, String requirement, Optional<String> nearest) {
        Origin origin = tree.origin(path);
        problems.add(new Problem(origin.location(), origin.path(), Optional.of(written), requirement, nearest));
    }
}
