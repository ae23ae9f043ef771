package dev.openaigateway.log;

import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.core.layout.PatternLayout;
import org.apache.logging.log4j.message.MapMessage;
import org.apache.logging.log4j.message.Message;
import org.apache.logging.log4j.message.ObjectMessage;
import org.apache.logging.log4j.message.ParameterizedMessage;
import org.apache.logging.log4j.message.StringMapMessage;
import org.apache.logging.log4j.util.SortedArrayStringMap;
import org.apache.logging.log4j.util.StringMap;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Compares with the lines that Log4j's own layout writes. */
class TextLayoutTest {

    private static final String PATTERN = " %-5level %logger{1} - %msg%replace{ %X}{ [{]}}{}%n%throwable";
    private static final long NOON = 1_700_000_000_000L;

    private static final List<Message> MESSAGES = List.of(new ParameterizedMessage("{} of {}", 1, "ü \u20ac"), new ObjectMessage(7),
            new StringMapMessage(Map.of("a", "b")), new MapMessage<>(Map.of("c", 1)), new ParameterizedMessage("two\nlines {}"));

    @Test
    void shouldWriteTheLinesOfThePattern() {
        assertSame(new TextLayout(null, false), "%d{HH:mm:ss.SSS}");
    }

    @Test
    void shouldWriteTheLinesOfThePatternWithTheDay() {
        assertSame(new TextLayout(null, true), "%d{yyyy-MM-dd HH:mm:ss.SSS}");
    }

    private static void assertSame(TextLayout layout, String time) {
        PatternLayout pattern = PatternLayout.newBuilder().withPattern(time + PATTERN).build();
        for (LogEvent event : events()) {
            assertThat(layout.toSerializable(event)).isEqualTo(pattern.toSerializable(event));
            assertThat(layout.toByteArray(event)).isEqualTo(pattern.toByteArray(event));
        }
    }

    /** The times go back and forth, and within a second. */
    private static List<LogEvent> events() {
        List<LogEvent> events = new ArrayList<>();
        for (long millis : new long[] {NOON, NOON + 7, NOON + 999, NOON + 86_400_000, NOON + 12}) {
            for (Message message : MESSAGES) {
                for (Level level : Level.values()) {
                    events.add(event(millis, level, message, null, Map.of()));
                }
                events.add(event(millis, Level.ERROR, message, new IOException("broken", new IllegalStateException("cause")), Map.of("id", "1", "name", "{}")));
            }
        }
        return events;
    }

    private static LogEvent event(long millis, Level level, Message message, Throwable thrown, Map<String, String> context) {
        StringMap data = new SortedArrayStringMap();
        context.forEach(data::putValue);
        return Log4jLogEvent.newBuilder().setTimeMillis(millis).setLevel(level).setMessage(message).setThrown(thrown).setContextData(data)
                .setLoggerName(context.isEmpty() ? "dev.openaigateway" : "access").build();
    }
}
