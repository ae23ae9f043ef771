package dev.openaigateway.stats;

import java.util.Map;
import java.util.Objects;
import org.apache.logging.log4j.message.MapMessage;

/** A usage record as a line of the access log. Text that clients choose is cut, and cannot break the line. */
final class AccessLine extends MapMessage<AccessLine, Object> {

    private static final long serialVersionUID = 1L;
    private static final int LONGEST = 128;

    /** In the order of the record, which the message's own map does not keep. */
    private final transient Map<String, Object> fields;

    AccessLine(UsageRecord usage) {
        super(16);
        fields = usage.fields();
        fields.remove("time");
        fields.values().removeIf(Objects::isNull);
        fields.replaceAll((name, value) -> value instanceof String text ? cut(text) : value);
        fields.forEach(this::with);
    }

    /** {@code key=value} pairs. */
    @Override
    protected void appendMap(StringBuilder line) {
        int start = line.length();
        fields.forEach((name, value) -> {
            line.append(line.length() > start ? " " : "").append(name).append('=');
            if (value instanceof String text) {
                appendText(line, text);
            } else {
                line.append(value);
            }
        });
    }

    private static void appendText(StringBuilder line, String text) {
        if (!text.isEmpty() && text.chars().allMatch(AccessLine::isPlain)) {
            line.append(text);
            return;
        }
        line.append('"');
        text.chars().forEach(c -> line.append(isPlain(c) || c == ' ' || c == '=' ? String.valueOf((char) c) : escaped(c)));
        line.append('"');
    }

    private static boolean isPlain(int c) {
        return c > ' ' && c < 0x7f && c != '"' && c != '\\' && c != '=';
    }

    private static String escaped(int c) {
        return c == '"' || c == '\\' ? "\\" + (char) c : "\\u%04x".formatted(c);
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    }
}
