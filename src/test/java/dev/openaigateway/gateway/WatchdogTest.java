package dev.openaigateway.gateway;

import dev.openaigateway.call.InFlight;
import dev.openaigateway.server.FatalErrors;
import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.TestSettings;
import dev.openaigateway.upstream.TimedSockets;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

class WatchdogTest {

    @Test
    void shouldGoOnLookingWhenItFails() throws IOException {
        // given
        AtomicInteger looks = new AtomicInteger();
        Watchdog watchdog = new Watchdog(new DefaultCamelContext(), new InFlight(10), new TimedSockets(), TestSettings.live(""), () -> {
            throw new IllegalStateException("look " + looks.incrementAndGet());
        }, FatalErrors.ofProcess());

        // when
        try (watchdog) {
            watchdog.start();

            // then
            Eventually.holds("it looks again", () -> looks.get() > 2);
        }
    }
}
