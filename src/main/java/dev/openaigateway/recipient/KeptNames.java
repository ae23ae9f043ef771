package dev.openaigateway.recipient;

import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Names for which {@code log:} makes a logger or a marker. The log library keeps each of them until the process ends. */
public final class KeptNames {

    private static final String SCHEME = "log";
    private static final Set<String> OPTIONS = Set.of("logger", "loggername", "marker");
    private static final String FUNCTION = "\\$(simple)?\\{";
    private static final Pattern COMPUTED =
            Pattern.compile("(^\\s*|,\\s*)log:([^?,]*|[^,]*[?&](logger|marker)=[^&,]*)" + FUNCTION, Pattern.CASE_INSENSITIVE);
    private static final Pattern COMPUTED_ALONE =
            Pattern.compile("^\\s*log:([^?]*|.*[?&](logger|marker)=[^&]*)" + FUNCTION, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern GIVEN = Pattern.compile("^\\s*log:[^?]*|[?&](logger|marker)=[^&]*", Pattern.CASE_INSENSITIVE);
    private static final Pattern ENDING = Pattern.compile("log:([^?]*|.*[?&](logger|marker)=[^&]*)$", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final int MAX_NAMES = 1_000;
    private static final int MAX_LENGTH = 200;
    /** What expressions have given as a whole. The rule may have chosen it, so it is bounded instead of refused. */
    private static final Set<String> OF_EXPRESSIONS = ConcurrentHashMap.newKeySet();

    private KeptNames() {
    }

    /** @param before what stands before a text in a list of which it is unclear where its URIs end */
    static boolean mayFollow(String before) {
        return ENDING.matcher(before).find();
    }

    static boolean arePathOf(String scheme) {
        return SCHEME.equals(scheme);
    }

    /** @param option as the rule has written it; Camel ignores case and hyphens */
    public static boolean areValueOf(String scheme, String option) {
        return SCHEME.equals(scheme) && OPTIONS.contains(option.replace("-", "").toLowerCase(Locale.ROOT));
    }

    /**
     * Whether a function of simple stands in such a name.
     *
     * @param isList whether the text may be several URIs
     */
    public static boolean areComputed(String text, boolean isList) {
        return (isList ? COMPUTED : COMPUTED_ALONE).matcher(text).find();
    }

    /** Whether the endpoint, of which it is unclear who has chosen it, names one more than the log library should keep. */
    static boolean areTooMany(String uri) {
        return uri.strip().startsWith(SCHEME + ":") && GIVEN.matcher(uri).results().anyMatch(name -> !isKept(name.group().strip()));
    }

    private static boolean isKept(String name) {
        return OF_EXPRESSIONS.contains(name)
                || name.length() <= MAX_LENGTH && OF_EXPRESSIONS.size() < MAX_NAMES && (OF_EXPRESSIONS.add(name) || OF_EXPRESSIONS.contains(name));
    }
}
