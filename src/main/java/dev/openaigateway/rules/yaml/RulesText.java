package dev.openaigateway.rules.yaml;

import java.util.regex.Pattern;

/**
 * The text of one file with rules or event routes.
 *
 * @param name    the file's name for messages, such as {@code routes/routing.camel.yaml}
 * @param kind    what the routes of the file are for
 * @param shipped whether the file is the same as in the jar; then only the names it declares are read
 */
public record RulesText(String name, String text, Kind kind, boolean shipped) {

    private static final Pattern ENTRY_WITHOUT_DASH =
            Pattern.compile("(route|from|beans|routeTemplate|templatedRoute|routeConfiguration|onException|errorHandler|rest):.*");

    /** What the routes of a file are for. */
    public enum Kind {
        /** Choose instances. Each route begins with {@code direct:}; one of all files begins with {@code direct:routing}. */
        RULES,
        /** Carry usage records and alerts. */
        EVENTS
    }

    public static RulesText rules(String name, String text) {
        return new RulesText(name, text, Kind.RULES, false);
    }

    /** Returns whether a text holds routes: it is a list, while settings are an object. A route without its dash is meant as one. */
    public static boolean isRules(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty() && !line.startsWith("#") && !line.equals("---"))
                .findFirst().filter(line -> line.startsWith("-") || ENTRY_WITHOUT_DASH.matcher(line).matches()).isPresent();
    }
}
