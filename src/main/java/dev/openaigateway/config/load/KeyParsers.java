package dev.openaigateway.config.load;

import dev.openaigateway.config.KeyDigest;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;

/** The parsers for the values of client keys. */
final class KeyParsers {

    private static final int LAST_YEAR = 9999;

    private KeyParsers() {
    }

    /** A key in plain text. */
    static String key(String text) throws InvalidValueException {
        if (KeyDigest.isWritten(text)) {
            throw new InvalidValueException("is the hash of a key; write it as hash");
        }
        return text;
    }

    static String hash(String text) throws InvalidValueException {
        if (!KeyDigest.isWritten(text)) {
            throw new InvalidValueException("must be sha256: and the 64 hexadecimal digits of the key's SHA-256");
        }
        return text;
    }

    /** A time with its zone, or a date, which stands for its beginning in UTC. */
    static Instant time(String text) throws InvalidValueException {
        try {
            Instant time = text.length() > "2026-12-31".length()
                    ? OffsetDateTime.parse(text.replace(' ', 'T')).toInstant()
                    : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
            if (time.atOffset(ZoneOffset.UTC).getYear() <= LAST_YEAR) {
                return time;
            }
        } catch (DateTimeParseException e) {
            // reported below
        }
        throw new InvalidValueException("must be a date such as 2026-12-31, or a time with its zone such as 2026-12-31T18:00:00Z");
    }
}
