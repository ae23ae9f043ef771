package dev.openaigateway.log;

import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.Filter.Result;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.junit.jupiter.api.Test;

import java.io.IOException;

import static org.assertj.core.api.Assertions.assertThat;

class AcceptFailuresTest {

    private final AcceptFailures filter = new AcceptFailures(() -> 0);

    @Test
    void shouldDenyWhatNettyLogsOfAFailedAccept() {
        assertThat(filter.filter(event(failed("accept")))).isEqualTo(Result.DENY);
        assertThat(filter.filter(event(failed("accept")))).isEqualTo(Result.DENY);
    }

    @Test
    void shouldLetOtherEventsPass() {
        assertThat(filter.filter(event(failed("read")))).isEqualTo(Result.NEUTRAL);
        assertThat(filter.filter(event(null))).isEqualTo(Result.NEUTRAL);
        assertThat(filter.filter(event(new IllegalStateException()))).isEqualTo(Result.NEUTRAL);
    }

    @Test
    void shouldBeAttachedToTheLoggerOfTheStartConfiguration() {
        LogConfiguration configuration = new LogConfiguration(LogSetup.DEFAULTS);
        configuration.initialize();

        assertThat(configuration.getLoggerConfig(AcceptFailures.LOGGER).getName()).isEqualTo(AcceptFailures.LOGGER);
    }

    private static IOException failed(String method) {
        IOException thrown = new IOException("Too many open files");
        thrown.setStackTrace(new StackTraceElement[] {new StackTraceElement("sun.nio.ch.Net", method, "Net.java", 1)});
        return thrown;
    }

    private static Log4jLogEvent event(Throwable thrown) {
        return Log4jLogEvent.newBuilder().setLoggerName(AcceptFailures.LOGGER).setLevel(Level.WARN).setThrown(thrown).build();
    }
}
