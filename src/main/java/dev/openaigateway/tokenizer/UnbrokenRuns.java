package dev.openaigateway.tokenizer;

/**
 * Counts text, splitting unbroken runs (of letters, blanks or punctuation) after 4 KB. The tokenizer processes a run as one
 * piece, which costs about 450 bytes of heap per character and more than linear time.
 */
final class UnbrokenRuns {

    private static final int LONGEST_RUN = 4 * 1024;

    private UnbrokenRuns() {
    }

    static long count(String text, Tokenizer tokenizer) {
        if (text.length() <= LONGEST_RUN) {
            return tokenizer.count(text);
        }
        long tokens = 0;
        int start = 0;
        int runStart = 0;
        int runKind = -1;
        for (int at = 0; at < text.length(); at++) {
            char next = text.charAt(at);
            int kind = kind(next);
            if (kind != runKind) {
                runKind = kind;
                runStart = at;
            } else if (at - runStart >= LONGEST_RUN && !Character.isLowSurrogate(next)) {
                tokens += tokenizer.count(text.substring(start, at));
                start = at;
                runStart = at;
            }
        }
        return tokens + tokenizer.count(text.substring(start));
    }

    private static int kind(char c) {
        if (Character.isWhitespace(c)) {
            return 0;
        }
        if (c >= '0' && c <= '9') {
            return 1;
        }
        return Character.isLetter(c) || Character.isSurrogate(c) || Character.getType(c) == Character.NON_SPACING_MARK ? 2 : 3;
    }
}
