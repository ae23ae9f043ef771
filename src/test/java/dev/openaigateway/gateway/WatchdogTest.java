package dev.openaigateway.gateway;

import dev.openaigateway.call.InFlight;
import dev.openaigateway.support.Eventually;
import dev.openaigateway.upstream.TimedSockets;
import org.junit.jupiter.api.Test;

import java.util.concurrent.atomic.AtomicInteger;

class WatchdogTest {

    @Test
    void shouldGoOnLookingWhenItFails() {
        // given
        AtomicInteger looks = new AtomicInteger();
        Watchdog watchdog = new Watchdog(new InFlight(10), new TimedSockets(), () -> {
            throw new IllegalStateException("look " + looks.incrementAndGet());
        });

        // when
        try (watchdog) {
            watchdog.start();

            // then
            Eventually.holds("it looks again", () -> looks.get() > 2);
        }
    }
}
