package dev.openaigateway.support;

import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Captures the log of this process at INFO and above, until it is closed. The access line of an earlier request may come late, so
 * a test takes that of its own by {@link #accessLine}. Thread-safe.
 */
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

    /** Waits for the access line of a response, which is written after the client has the response. Fails unless there is one. */
    public String accessLine(HttpResponse<?> response) {
        String start = "access: request_id=" + response.headers().firstValue("x-request-id").orElseThrow() + " ";
        Eventually.holds("the request is logged", () -> linesWith(start).size() == 1);
        return linesWith(start).get(0);
    }

    @Override
    public void close() {
        root.removeAppender(appender);
        appender.stop();
    }
}
