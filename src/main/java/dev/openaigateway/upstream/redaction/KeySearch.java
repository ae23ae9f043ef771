package dev.openaigateway.upstream.redaction;

import dev.openaigateway.openai.sse.SseLine;
import dev.openaigateway.text.SecretMask;

/**
 * A quick search for the keys that {@link Redaction#withoutKeys} masks, for the events of a stream. Immutable.
 *
 * @param keys      of the instances
 * @param anyTokens whether the instance has tokens of an identity beside them
 */
public record KeySearch(SecretMask keys, boolean anyTokens) {

    /** Whether there may be one in a part of a text; false for most without a backslash. */
    public boolean mayFind(byte[] text, int from, int to) {
        return keys.mayBeIn(text, from, to) || anyTokens && mayHoldToken(text, from, to);
    }

    /** The same for the lines of an event that are not data. */
    public boolean mayFindBesideData(byte[] event, int from, int to) {
        for (int line = from; line < to;) {
            int lineEnd = SseLine.lineEnd(event, line, to);
            if (line < lineEnd && !SseLine.isData(event, line, lineEnd) && mayFind(event, line, lineEnd)) {
                return true;
            }
            line = lineEnd + 1;
        }
        return false;
    }

    /** All tokens begin alike. */
    private static boolean mayHoldToken(byte[] text, int from, int to) {
        for (int at = from; at < to - 2; at++) {
            if (text[at] == 'e' && text[at + 1] == 'y' && text[at + 2] == 'J') {
                return true;
            }
        }
        return false;
    }
}
