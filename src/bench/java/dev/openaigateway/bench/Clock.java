package dev.openaigateway.bench;

import java.time.Instant;

/** The machine's clock, shared by all JVMs of one run. */
final class Clock {

    private Clock() {
    }

    /** Microseconds since 1970. */
    static long micros() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
    }
}
