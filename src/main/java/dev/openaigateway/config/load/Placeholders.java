package dev.openaigateway.config.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.openaigateway.problem.DidYouMean;
import dev.openaigateway.problem.InvalidSettingsException;
import dev.openaigateway.problem.PastedContent;
import dev.openaigateway.problem.Problem;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Replaces {@code ${NAME}} by a variable and {@code ${file:PATH}} by the text of a file, without surrounding blanks, in values
 * from files. The default in {@code ${NAME:-default}} is used if the variable or the file is missing or empty; without a
 * default, a missing one is a problem. Replacements are not expanded again. {@code $${} stands for the text {@code ${}. What
 * only looks like a placeholder is a problem, also in values of variables: as text it would be a secret that anyone can guess.
 */
final class Placeholders {

    private static final String BEGIN = "${";
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\$\\{|\\$\\{(?:(?:file:([^}]+?)|([A-Za-z_][A-Za-z0-9_.-]*?))(?::-([^}]*+))?})?");
    private static final Pattern UNCLOSED = Pattern.compile("\\$?\\$\\{");
    private static final String LITERAL = "; a literal ${ is written $${";
    private static final int FILE = 1;
    private static final int VARIABLE = 2;
    private static final int DEFAULT = 3;
    private static final int LONGEST_FILE = 64 * 1024;

    private final Environment environment;
    private final Predicate<String> readable;
    private final List<Path> files = new ArrayList<>();
    private final SettingsTree tree;
    private final List<Problem> problems = new ArrayList<>();
    private String malformed;

    private Placeholders(Environment environment, SettingsTree tree, Predicate<String> readable) {
        this.readable = readable;
        this.environment = environment;
        this.tree = tree;
    }

    /** Whether a value, or any text or key in it, is or looks like a placeholder. */
    static boolean in(JsonNode value) {
        return value.toString().contains(BEGIN) || value.isTextual() && ForeignPlaceholders.in(value.textValue(), Set.of())
                || StreamSupport.stream(value.spliterator(), false).anyMatch(Placeholders::in);
    }

    /** No placeholder ends behind this index. Without this bound, each {@code ${} would be searched for its end in vain. */
    private static int end(String text) {
        return text.lastIndexOf('}') + 1;
    }

    /** Resolves the placeholders of the tree in place. Returns the files that they name, of which some may not exist. */
    static List<Path> resolve(SettingsTree tree, Environment environment) throws InvalidSettingsException {
        return resolve(tree, environment, file -> true);
    }

    /**
     * As {@link #resolve(SettingsTree, Environment)}.
     *
     * @param readable tests the names of files; another name is a problem
     */
    static List<Path> resolve(SettingsTree tree, Environment environment, Predicate<String> readable) throws InvalidSettingsException {
        Placeholders placeholders = new Placeholders(environment, tree, readable);
        placeholders.resolved(tree.root(), "");
        if (!placeholders.problems.isEmpty()) {
            throw new InvalidSettingsException(placeholders.problems);
        }
        return placeholders.files;
    }

    /** The names of files in the placeholders of a text. */
    static Stream<String> files(String text) {
        return text.contains(BEGIN) ? PLACEHOLDER.matcher(text.substring(0, end(text))).results().map(found -> found.group(FILE)).filter(Objects::nonNull)
                : Stream.empty();
    }

    private JsonNode resolved(JsonNode node, String path) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(entry -> {
                String at = SettingsTree.join(path, entry.getKey());
                if (entry.getKey().contains(BEGIN)) {
                    problem(at, null, "must not hold ${ in a name: placeholders are replaced in values only", Optional.empty());
                }
                entry.setValue(resolved(entry.getValue(), at));
            });
        } else if (node instanceof ArrayNode list) {
            for (int i = 0; i < list.size(); i++) {
                list.set(i, resolved(list.get(i), SettingsTree.item(path, i)));
            }
        } else if (node.isTextual() && mayLookLikeAPlaceholder(node.textValue())) {
            if (tree.origin(path).mayHoldPlaceholders()) {
                return resolved(node.textValue(), path);
            }
            problem(node.textValue().strip(), tree.origin(path), environment).ifPresent(problems::add);
        }
        return node;
    }

    /** False for nearly all values, of which the origin need not be looked up. */
    private static boolean mayLookLikeAPlaceholder(String text) {
        return text.indexOf('$') >= 0 || text.contains("{{");
    }

    private JsonNode resolved(String text, String path) {
        refuseForeign(text, path);
        if (!text.contains(BEGIN)) {
            return JsonNodeFactory.instance.textNode(text);
        }
        String closed = text.substring(0, end(text));
        String rest = text.substring(end(text));
        String value = PLACEHOLDER.matcher(closed).replaceAll(match -> Matcher.quoteReplacement(value(match, path, closed)))
                + UNCLOSED.matcher(rest).replaceAll(match -> Matcher.quoteReplacement(unclosed(match, path)));
        tree.noteWritten(path, text, value);
        return JsonNodeFactory.instance.textNode(value);
    }

    private void refuseForeign(String text, String path) {
        foreign(text.strip(), tree.origin(path), environment).ifPresent(problems::add);
    }

    private static Optional<Problem> foreign(String text, Origin origin, Environment environment) {
        Set<String> variables = environment.variables().keySet();
        return ForeignPlaceholders.in(text, variables) ? Optional.of(new Problem(origin.location(), origin.path(), Optional.empty(),
                "is a placeholder that is not replaced; ${NAME} and ${file:PATH} are, in files. If it is meant as text,"
                        + " put the text into a file and write ${file:PATH} in a settings file",
                ForeignPlaceholders.meant(text, variables))) : Optional.empty();
    }

    /** The problem with a value of a variable or of an administrator, in which nothing is replaced, if it is a placeholder as a whole. */
    static Optional<Problem> problem(String text, Origin origin, Environment environment) {
        boolean whole = text.startsWith(BEGIN) && text.indexOf('}') == text.length() - 1;
        return whole ? Optional.of(origin.problem(null, "is a placeholder, which is replaced in files only")) : foreign(text, origin, environment);
    }

    private String unclosed(MatchResult match, String path) {
        if (match.group().equals(BEGIN)) {
            malformed(path, null, "must close ${ with }, as in ${NAME}" + LITERAL, Optional.empty());
        }
        return BEGIN;
    }

    /** A value that is wrong is not quoted: what is around a placeholder, and its default, may be a part of a password. */
    private String value(MatchResult placeholder, String path, String closed) {
        String name = placeholder.group(VARIABLE);
        String file = placeholder.group(FILE);
        if (name == null && file == null) {
            if (placeholder.group().equals(BEGIN)) {
                Optional<String[]> prefixed = ForeignPlaceholders.prefixed(closed, placeholder.start());
                malformed(path, prefixed.map(found -> found[0]).orElse(null),
                        "must be ${NAME}, ${NAME:-default} or ${file:PATH} where it has ${" + LITERAL, prefixed.map(found -> found[1]));
            }
            return BEGIN;
        }
        if (name == null && !readable.test(file)) {
            problem(path, placeholder.group(), "names a file that neither the active settings nor the files on disk name; a request may name only such files",
                    Optional.empty());
            return "";
        }
        String value = name == null ? text(file.strip()) : environment.variables().get(name);
        String fallback = placeholder.group(DEFAULT);
        if (fallback != null) {
            return value == null || value.isEmpty() ? fallback : value;
        }
        if (value == null) {
            problem(path, placeholder.group(), name == null
                    ? "needs the file " + PastedContent.hidden(file.strip()) + ", which does not exist, cannot be read as text, or is longer than 64 KB"
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

    /** Reported once per value, since a text may hold thousands. */
    private void malformed(String path, String written, String requirement, Optional<String> nearest) {
        if (!path.equals(malformed)) {
            malformed = path;
            problem(path, written, requirement, nearest);
        }
    }

    private void problem(String path, String written, String requirement, Optional<String> nearest) {
        Origin origin = tree.origin(path);
        problems.add(new Problem(origin.location(), origin.path(), Optional.ofNullable(written), requirement, nearest));
    }
}
