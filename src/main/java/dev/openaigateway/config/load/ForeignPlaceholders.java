package dev.openaigateway.config.load;

import dev.openaigateway.problem.DidYouMean;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Recognises placeholders that other programs replace and the gateway does not. Taken as text, they would be wrong keys and names. */
final class ForeignPlaceholders {

    /** A lone {@code $} may be part of a password, so only a whole value counts, and only with the usual letters of variables. */
    private static final Pattern SHELL = Pattern.compile("\\$([A-Za-z_][A-Za-z0-9_]*)");
    private static final Pattern CAPITALS = Pattern.compile("[A-Z0-9_]+");
    private static final Pattern BRACES = Pattern.compile("\\{\\{([^{}]*+)}}");
    /** Camel's functions, which are clear also in the middle of a value. */
    private static final Pattern FUNCTION = Pattern.compile("\\{\\{\\s*+\\??\\s*+(?:env|sys|file|service|"
            + String.join("|", VaultFunctions.names()) + ")\\s*+:[^{}]*}}");
    private static final Pattern VARIABLE = Pattern.compile("(?:env[:.])?([A-Za-z_][A-Za-z0-9_]*)(?::[^{}]*)?");
    private static final Pattern PREFIXED = Pattern.compile("\\$\\{([A-Za-z]+)[:.]([A-Za-z0-9_./-]+)(?::-[^{}]*)?}");

    private static final Set<String> OF_VARIABLES = Set.of("env", "environment", "var", "sys", "secret");

    private ForeignPlaceholders() {
    }

    static boolean in(String text, Set<String> variables) {
        Matcher shell = SHELL.matcher(text);
        return shell.matches() && isVariable(shell.group(1), variables) || BRACES.matcher(text).matches() || FUNCTION.matcher(text).find();
    }

    private static boolean isVariable(String name, Set<String> variables) {
        return CAPITALS.matcher(name).matches() || variables.contains(name);
    }

    /** What a whole value {@code $NAME} or {@code {{env:NAME}}} should have been; empty if that is not clear. */
    static Optional<String> meant(String foreign, Set<String> variables) {
        Matcher braces = BRACES.matcher(foreign);
        Matcher variable = VARIABLE.matcher(braces.matches() ? braces.group(1).strip() : foreign.substring(1));
        return variable.matches() && isVariable(variable.group(1), variables) ? Optional.of("${" + variable.group(1) + "}") : Optional.empty();
    }

    /**
     * What begins at an index of a text, as a placeholder with a prefix that is not {@code file:}, such as {@code ${env:NAME}}: what is
     * written, without a default, and what is meant. Empty for anything else, which may be part of a password.
     */
    static Optional<String[]> prefixed(String text, int start) {
        Matcher found = PREFIXED.matcher(text).region(start, text.length());
        if (!found.lookingAt()) {
            return Optional.empty();
        }
        boolean file = DidYouMean.name(found.group(1), Set.of("file")).isPresent();
        if (!file && !OF_VARIABLES.contains(found.group(1).toLowerCase(Locale.ROOT))) {
            return Optional.empty();
        }
        return Optional.of(new String[] {text.substring(start, found.end(2)) + "}", "${" + (file ? "file:" : "") + found.group(2) + "}"});
    }
}
