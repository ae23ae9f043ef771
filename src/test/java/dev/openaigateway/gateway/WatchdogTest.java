package dev.openaigateway.gateway;

import dev.openaigateway.call.InFlight;
import dev.openaigateway.server.FatalErrors;
import dev.openaigateway.support.CapturedLog;
import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.TestSettings;
import dev.openaigateway.upstream.connection.TimedSockets;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;

class WatchdogTest {

    @Test
    void shouldContinueAfterAFailedCheck() throws IOException {
        // given
        AtomicInteger checks = new AtomicInteger();
        Watchdog watchdog = new Watchdog(new DefaultCamelContext(), new InFlight(10), new TimedSockets(), TestSettings.live(""), () -> {
            throw new IllegalStateException("check " + checks.incrementAndGet());
        }, FatalErrors.ofProcess());

        // when
        try (watchdog; CapturedLog log = new CapturedLog()) {
            watchdog.start();

            // then
            Eventually.holds("it checks again", () -> checks.get() > 2);
            assertThat(log.linesWith("The timeouts and keep-alives of running requests were not all checked this time: ")).isNotEmpty()
                    .allSatisfy(line -> assertThat(line).contains("IllegalStateException: check "));
        }
    }
}
