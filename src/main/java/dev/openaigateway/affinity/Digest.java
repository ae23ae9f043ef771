package dev.openaigateway.affinity;

import dev.openaigateway.config.Sha256;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** The first 16 bytes of a SHA-256 digest. */
record Digest(long high, long low) {

    /** The digest of the parts with a NUL between them. */
    static Digest of(String... parts) {
        MessageDigest sha = Sha256.digest();
        for (int i = 0; i < parts.length; i++) {
            if (i > 0) {
                sha.update((byte) 0);
            }
            sha.update(parts[i].getBytes(StandardCharsets.UTF_8));
        }
        byte[] bytes = sha.digest();
        return new Digest(number(bytes, 0), number(bytes, Long.BYTES));
    }

    private static long number(byte[] bytes, int from) {
        long number = 0;
        for (int i = from; i < from + Long.BYTES; i++) {
            number = number << 8 | bytes[i] & 0xff;
        }
        return number;
    }

    /** The digest for what a client has beside the owner of this one. */
    Digest with(String client) {
        return of(text(), client);
    }

    /** 32 hexadecimal digits. */
    String text() {
        return "%016x%016x".formatted(high, low);
    }

    /** 16 hexadecimal digits. */
    String shortText() {
        return "%016x".formatted(high);
    }
}
