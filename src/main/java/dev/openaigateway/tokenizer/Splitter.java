package dev.openaigateway.tokenizer;

import static dev.openaigateway.tokenizer.CharClass.LETTER;
import static dev.openaigateway.tokenizer.CharClass.MARK;
import static dev.openaigateway.tokenizer.CharClass.NEWLINE;
import static dev.openaigateway.tokenizer.CharClass.NUMBER;
import static dev.openaigateway.tokenizer.CharClass.OTHER;
import static dev.openaigateway.tokenizer.CharClass.SPACE;

/**
 * Splits text into pieces as the regular expression of an encoding does; the benchmark rows "agent prompt" show the gain.
 * Each byte is looked at a few times at most, whatever the text. Thread-safe.
 */
interface Splitter {

    /** The end of the piece that begins at {@code from}; {@code from < to}, and {@code to} cuts no character. */
    int end(byte[] text, int from, int to);

    /** Finds most pieces of ASCII text faster than {@link #end}; null if this splitter has no faster way. */
    default AsciiPieces ascii() {
        return null;
    }

    /** The end of the characters of these classes that begin at an index. */
    static int span(int classes, byte[] text, int from, int to) {
        int at = from;
        while (at < to && (CharClass.at(text, at) & classes) != 0) {
            at += CharClass.width(text[at]);
        }
        return at;
    }

    /** Up to three digits: {@code \p{N}{1,3}}. */
    static int digits(byte[] text, int from, int to) {
        int at = from;
        for (int count = 0; count < 3 && at < to && (CharClass.at(text, at) & NUMBER) != 0; count++) {
            at += CharClass.width(text[at]);
        }
        return at;
    }

    /** The end of punctuation, one blank before it included: <code> ?[^\s\p{L}\p{N}]+</code>; {@code from} if there is none. */
    static int punctuation(byte[] text, int from, int to) {
        int start = text[from] == ' ' ? from + 1 : from;
        int end = span(OTHER | MARK, text, start, to);
        return end == start ? from : end;
    }

    static int newlines(byte[] text, int from, int to) {
        return span(NEWLINE, text, from, to);
    }

    /** White space up to its last line end; without one, as {@link #blanks}: <code>\s*[\r\n]+|\s+(?!\S)|\s+</code>. */
    static int space(byte[] text, int from, int to) {
        int end = from;
        int lines = from;
        while (end < to) {
            int found = CharClass.at(text, end);
            if ((found & SPACE) == 0) {
                break;
            }
            end += CharClass.width(text[end]);
            lines = (found & NEWLINE) != 0 ? end : lines;
        }
        return lines > from ? lines : withoutLast(text, from, end, to);
    }

    /** White space without its last character, which belongs to what follows: <code>\s+(?!\S)|\s+</code>. */
    static int blanks(byte[] text, int from, int to) {
        return withoutLast(text, from, span(SPACE, text, from, to), to);
    }

    private static int withoutLast(byte[] text, int from, int end, int to) {
        if (end == to) {
            return end;
        }
        int last = end - 1;
        while ((text[last] & 0xC0) == 0x80) {
            last--;
        }
        return last > from ? last : end;
    }

    /** The end of an English contraction in any case, such as {@code 'll}; {@code from} if there is none. */
    static int contraction(byte[] text, int from, int to) {
        if (to - from < 2 || text[from] != '\'') {
            return from;
        }
        int first = text[from + 1] | 0x20;
        if (first == 's' || first == 't' || first == 'm' || first == 'd') {
            return from + 2;
        }
        if (to - from < 3) {
            return from;
        }
        if (text[from + 1] == (byte) 0xC5 && text[from + 2] == (byte) 0xBF) {
            return from + 3; // The long s is a case variant of s.
        }
        int second = text[from + 2] | 0x20;
        return (first == 'r' || first == 'v') && second == 'e' || first == 'l' && second == 'l' ? from + 3 : from;
    }

    static boolean isPrefix(int found) {
        return (found & (LETTER | NUMBER | NEWLINE)) == 0;
    }
}
