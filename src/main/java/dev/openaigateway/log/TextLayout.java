package dev.openaigateway.log;

import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.layout.AbstractStringLayout;
import org.apache.logging.log4j.core.layout.ByteBufferDestination;
import org.apache.logging.log4j.core.util.Throwables;
import org.apache.logging.log4j.util.ReadOnlyStringMap;
import org.apache.logging.log4j.util.StringBuilderFormattable;

import java.nio.charset.Charset;

/**
 * A line of the log as text: time, level, last part of the logger's name, message, context of the thread if there is any; then the
 * stack trace of a throwable. Thread-safe.
 */
final class TextLayout extends AbstractStringLayout {

    private static final int LEVEL_WIDTH = 5;

    private final LineTime time;

    /** @param withDay whether the date precedes the time */
    TextLayout(Configuration configuration, boolean withDay) {
        super(configuration, Charset.defaultCharset(), null, null);
        time = new LineTime(withDay ? "yyyy-MM-dd HH:mm:ss" : "HH:mm:ss");
    }

    @Override
    public String toSerializable(LogEvent event) {
        StringBuilder line = getStringBuilder();
        append(line, event);
        return line.toString();
    }

    @Override
    public void encode(LogEvent event, ByteBufferDestination destination) {
        StringBuilder line = getStringBuilder();
        append(line, event);
        getStringBuilderEncoder().encode(line, destination);
        trimToMaxSize(line);
    }

    private void append(StringBuilder line, LogEvent event) {
        time.append(line, event.getTimeMillis());
        String level = event.getLevel().name();
        line.append(' ').append(level).append(" ".repeat(Math.max(0, LEVEL_WIDTH - level.length()))).append(' ');
        String logger = event.getLoggerName();
        line.append(logger, logger.lastIndexOf('.') + 1, logger.length()).append(" - ");
        if (event.getMessage() instanceof StringBuilderFormattable message) {
            message.formatTo(line);
        } else {
            line.append(event.getMessage().getFormattedMessage());
        }
        ReadOnlyStringMap context = event.getContextData();
        if (!context.isEmpty()) {
            line.append(" {");
            int start = line.length();
            context.forEach((name, value) -> line.append(line.length() > start ? ", " : "").append(name).append('=').append(value));
            line.append('}');
        }
        line.append(System.lineSeparator());
        if (event.getThrown() != null) {
            Throwables.toStringList(event.getThrown()).forEach(each -> line.append(each).append(System.lineSeparator()));
        }
    }
}
