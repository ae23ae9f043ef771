package dev.openaigateway.text;

import java.util.BitSet;

/**
 * Shows quickly that a text without escapes holds none of some secrets, by a few samples: of the four bytes at each sample, at least one
 * lies wholly in any secret. Immutable.
 */
final class SecretGrams {

    private static final int SIZE = 4;
    private static final int BITS = 16;

    private final BitSet known = new BitSet(1 << BITS);
    /** Between two samples, in bytes. */
    private final int step;

    /** @param shortest the length of the shortest secret, at least 4; any if there is none */
    SecretGrams(String[] secrets, int shortest) {
        step = shortest - SIZE + 1;
        for (String secret : secrets) {
            for (int at = 0; at + SIZE <= secret.length(); at++) {
                known.set(hash(secret.charAt(at), secret.charAt(at + 1), secret.charAt(at + 2), secret.charAt(at + 3)));
            }
        }
    }

    /** False if no secret is in the range. */
    boolean mayBeIn(byte[] text, int from, int to) {
        for (int at = from; at <= to - SIZE; at += step) {
            if (known.get(hash(text[at] & 0xff, text[at + 1] & 0xff, text[at + 2] & 0xff, text[at + 3] & 0xff))) {
                return true;
            }
        }
        return false;
    }

    private static int hash(int first, int second, int third, int fourth) {
        return (first << 24 ^ second << 16 ^ third << 8 ^ fourth) * 0x9E3779B1 >>> Integer.SIZE - BITS;
    }
}
