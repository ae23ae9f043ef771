package dev.openaigateway.server;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The current time in the form of HTTP's {@code Date} header, formatted when {@link #update} is called. Thread-safe. */
final class HttpDate {

    private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US).withZone(ZoneOffset.UTC);

    private volatile String now = FORM.format(Instant.now());

    /** To be called at least once a second. */
    void update() {
        now = FORM.format(Instant.now());
    }

    @Override
    public String toString() {
        return now;
    }
}
