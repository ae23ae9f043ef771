package dev.openaigateway.config.load;

import java.util.Locale;
import java.util.Set;

/** What a parser of YAML reports, in words that say what to change and that hold no text of the file: that may be a part of a secret. */
public final class YamlReason {

    /** Of a value without quotes. Both are valid YAML, and the value would be gone. */
    public static final String TAG = "a value that begins with ! is a tag to YAML, and is not read; put the value in quotes";
    public static final String ANCHOR = "a value that begins with & is an anchor to YAML, and is not read; put the value in quotes";

    /** Of an empty key, in YAML or JSON. A path to it would end with a dot. */
    static final String NO_KEY = "has no text where a key is expected";

    public static final String OPEN_QUOTE = "the quoted text that begins here has no end";

    private static final String PREFIX = "tag:yaml.org,2002:";
    private static final Set<String> TAGS = Set.of("str", "int", "float", "bool", "null", "timestamp", "merge", "map", "seq");

    private YamlReason() {
    }

    /** Whether a value of this tag is read as what it is. */
    public static boolean isKnown(String tag) {
        return tag.startsWith(PREFIX) && TAGS.contains(tag.substring(PREFIX.length()));
    }

    /** Whether a quote or bracket is open, which is reported where it begins. */
    public static boolean isOpen(String context) {
        return context.contains("quoted scalar") || isOpenBracket(context);
    }

    /** Whether a bracket is open. */
    public static boolean isOpenBracket(String context) {
        return context.contains("flow") && !context.contains("quoted scalar");
    }

    /**
     * Returns the reason in words.
     *
     * @param indentation what is known of the indentation around, with a semicolon before it; may be empty
     */
    public static String of(String context, String problem, String indentation) {
        if (context.contains("quoted scalar")) {
            return problem.contains("escape") ? "an escape in the quoted text is unknown" : OPEN_QUOTE;
        }
        if (isOpenBracket(context)) {
            return "the list or object in brackets that begins here has no end, or a comma is missing in it";
        }
        if (problem.contains("cannot start any token")) {
            return problem.contains("TAB") || problem.contains("\t") ? "a tab is not allowed as indentation"
                    : "a value may not begin with this character; put the value in quotes";
        }
        if (problem.contains("mapping values are not allowed")) {
            return "a ':' is not expected here; check the indentation, or put the value in quotes" + indentation;
        }
        if (problem.contains("could not find expected ':'")) {
            return "a ':' is missing after a key";
        }
        if (problem.contains("block end") || problem.contains("block sequence")) {
            return "the indentation fits no line above" + indentation;
        }
        if (problem.contains("found another document")) {
            return "a second document begins at the line '---'; a file holds one";
        }
        if (problem.contains("undefined alias")) {
            return "the alias names an anchor that does not exist; put a text that begins with * in quotes";
        }
        if (problem.contains("tag handle") || problem.contains("tag is not allowed") || context.contains("scanning a tag")) {
            return TAG;
        }
        if (context.contains("scanning an anchor") || context.contains("scanning an alias")) {
            return "a value may not begin with & or * and be no anchor or alias; put the value in quotes";
        }
        return problem.replaceFirst(", but found.*", "").toLowerCase(Locale.ROOT).replace("<", "").replace(">", "");
    }

    /** Says which character is not allowed. */
    public static String ofCharacter(int codePoint) {
        return "the character U+%04X in this line is not allowed in YAML; write it as an escape in double quotes".formatted(codePoint);
    }
}
