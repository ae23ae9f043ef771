package dev.openaigateway.events;

import dev.openaigateway.stats.UsageRecord;
import dev.openaigateway.text.Excerpt;
import org.apache.logging.log4j.message.MapMessage;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** A usage record as a line of the access log. Text from clients is truncated and escaped, so it cannot break the line. */
final class AccessLine extends MapMessage<AccessLine, Object> {

    private static final long serialVersionUID = 1L;
    private static final int LONGEST = 128;

    /** In the order of the record; the map of the message does not keep it. */
    private final transient Map<String, Object> fields = new LinkedHashMap<>(64);

    AccessLine(UsageRecord usage) {
        super(16);
        usage.putNonZeroInto(fields);
        fields.values().removeIf(Objects::isNull);
        fields.replaceAll((name, value) -> value instanceof String text && !name.equals(UsageRecord.TRACE) ? Excerpt.marked(text, LONGEST) : value);
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
        if (isPlain(text)) {
            line.append(text);
            return;
        }
        line.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                line.append('\\').append(c);
            } else if (c < ' ' || c > '~') {
                line.append("\\u").append(HexFormat.of().toHexDigits(c));
            } else {
                line.append(c);
            }
        }
        line.append('"');
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c > '~' || c == '"' || c == '\\' || c == '=') {
                return false;
            }
        }
        return !text.isEmpty();
    }
}
