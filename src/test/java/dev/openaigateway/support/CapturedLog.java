package dev.openaigateway.support;

import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Captures the log of this process at INFO and above, until it is closed. Thread-safe. */
public final class CapturedLog implements AutoCloseable {

    /** Follows the message of an event that is logged with a stack trace. */
    public static final String STACK_TRACE = " with the stack trace of ";

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Logger root = (Logger) LogManager.getRootLogger();
    private final AbstractAppender appender = new AbstractAppender("captured", null, null, true, Property.EMPTY_ARRAY) {
        @Override
        public void append(LogEvent event) {
            if (event.getLevel().isMoreSpecificThan(Level.INFO)) {
                lines.add(event.getLoggerName() + ": " + event.getMessage().getFormattedMessage()
                        + (event.getThrown() == null ? "" : STACK_TRACE + event.getThrown()));
            }
        }
    };

    public CapturedLog() {
        appender.start();
        root.addAppender(appender);
    }

    public List<String> linesWith(String text) {
        return lines.stream().filter(line -> line.contains(text)).toList();
    }

    @Override
    public void close() {
        root.removeAppender(appender);
        appender.stop();
    }
}
