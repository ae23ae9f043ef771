package dev.openaigateway.rules.yaml;

/** The braces around property placeholders, without those that Camel takes as text. */
public final class PlaceholderBraces {

    static final String BEGIN = "{{";
    static final String END = "}}";

    private PlaceholderBraces() {
    }

    /** The placeholder of a property or a parameter. */
    public static String around(String name) {
        return BEGIN + name + END;
    }

    static boolean beginAt(String text, int index) {
        return text.startsWith(BEGIN, index) && !isText(text, index);
    }

    static boolean endAt(String text, int index) {
        return text.startsWith(END, index) && !isText(text, index);
    }

    /** The first end from a position on; negative if there is none. */
    static int end(String text, int from) {
        int index = text.indexOf(END, from);
        while (index >= 0 && isText(text, index)) {
            index = text.indexOf(END, index + 1);
        }
        return index;
    }

    /** The first begin from a position on; negative if there is none. */
    static int begin(String text, int from) {
        int index = text.indexOf(BEGIN, from);
        while (index >= 0 && isText(text, index)) {
            index = text.indexOf(BEGIN, index + 1);
        }
        return index;
    }

    /** The last begin before a position; negative if there is none. */
    static int lastBegin(String text, int before) {
        int index = text.lastIndexOf(BEGIN, before - 1);
        while (index >= 0 && isText(text, index)) {
            index = text.lastIndexOf(BEGIN, index - 1);
        }
        return index;
    }

    /** Whether Camel takes two braces as they are: they stand alone in quotes, or after a backslash. */
    private static boolean isText(String text, int index) {
        char before = index == 0 ? ' ' : text.charAt(index - 1);
        char after = index + END.length() < text.length() ? text.charAt(index + END.length()) : ' ';
        boolean isQuoted = before == after && (before == '\'' || before == '"');
        return isQuoted || before == '\\' && (index == 1 || text.charAt(index - 2) != '\\');
    }
}
