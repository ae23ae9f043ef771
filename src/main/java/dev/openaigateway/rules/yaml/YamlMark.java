package dev.openaigateway.rules.yaml;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The line and column in the messages of the YAML reader. */
public final class YamlMark {

    private static final Pattern MARK = Pattern.compile("line:? (\\d+)(?:, column:? (\\d+))?");
    private static final Pattern PLACE = Pattern.compile("\\s*in (?:file|source)?:?\\s*\\S*,? line:? \\d+, column:? \\d+:?");

    private YamlMark() {
    }

    /** Returns {@code :line:column}; empty if no message names them. */
    public static Optional<String> of(Throwable thrown) {
        String mark = null;
        for (Throwable at = thrown; at != null; at = at.getCause()) {
            Matcher matcher = MARK.matcher(String.valueOf(at.getMessage()));
            while (matcher.find()) {
                mark = ":" + matcher.group(1) + (matcher.group(2) == null ? "" : ":" + matcher.group(2));
            }
        }
        return Optional.ofNullable(mark);
    }

    /** Returns the message without file, line and column. */
    public static String removeFrom(String message) {
        return PLACE.matcher(message).replaceAll("");
    }
}
