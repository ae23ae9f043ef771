package dev.openaigateway.rules.yaml;

/**
 * The text of one file with rules or event routes.
 *
 * @param name    the file's name for messages, such as {@code routes/routing.camel.yaml}
 * @param kind    what the routes of the file are for
 * @param shipped whether the file is the same as in the jar; then only the names it declares are read
 */
public record RulesText(String name, String text, Kind kind, boolean shipped) {

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

    public static RulesText events(String name, String text) {
        return new RulesText(name, text, Kind.EVENTS, false);
    }
}
