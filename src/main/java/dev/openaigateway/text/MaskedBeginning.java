package dev.openaigateway.text;

import java.util.Arrays;

/** The beginning of a text that goes on. What is cut is masked before: in half a secret nothing would be found. */
public final class MaskedBeginning {

    /** In bytes, read beyond what is shown. A secret with its escapes is shorter. */
    public static final int OVERLAP = 16 * 1024;

    private static final int LONGEST_CHARACTER = 4;

    private MaskedBeginning() {
    }

    /**
     * As much as can be shown: no part of a secret that is cut, and no part of a character.
     *
     * @param masked in UTF-8, with the secrets masked that it has as a whole
     * @param most   in bytes
     */
    public static byte[] of(byte[] masked, int most) {
        int end = Math.max(0, Math.min(most, masked.length - OVERLAP));
        int first = Math.max(0, end - LONGEST_CHARACTER + 1);
        int start = end;
        while (start > first && (masked[start] & 0xc0) == 0x80) {
            start--;
        }
        return Arrays.copyOf(masked, start);
    }
}
