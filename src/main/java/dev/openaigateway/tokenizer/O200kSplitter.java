package dev.openaigateway.tokenizer;

import static dev.openaigateway.tokenizer.CharClass.CASELESS;
import static dev.openaigateway.tokenizer.CharClass.LETTER;
import static dev.openaigateway.tokenizer.CharClass.LOWER;
import static dev.openaigateway.tokenizer.CharClass.MARK;
import static dev.openaigateway.tokenizer.CharClass.NUMBER;
import static dev.openaigateway.tokenizer.CharClass.UPPER;

/** The pieces of {@code o200k_base}: words end where an upper case letter follows a lower case one. */
final class O200kSplitter implements Splitter {

    @Override
    public AsciiPieces ascii() {
        return new AsciiPieces(true);
    }

    @Override
    public int end(byte[] text, int from, int to) {
        int first = CharClass.at(text, from);
        if ((first & LETTER) != 0) {
            return Splitter.contraction(text, Math.abs(word(text, from, to)), to);
        }
        if ((first & NUMBER) != 0) {
            return Splitter.digits(text, from, to);
        }
        if (Splitter.isPrefix(first)) {
            int after = from + CharClass.width(text[from]);
            int end = word(text, after, to);
            if ((first & MARK) != 0) {
                // A mark before capitals only is a word of its own, since the pattern tries words with lower case first.
                return Splitter.contraction(text, end > 0 ? end : after, to);
            }
            if (Math.abs(end) > after) {
                return Splitter.contraction(text, Math.abs(end), to);
            }
        }
        int end = Splitter.punctuation(text, from, to);
        return end > from ? lineEnds(text, end, to) : Splitter.space(text, from, to);
    }

    /**
     * The end of a word: capitals, then small letters, where letters without case and marks count as either. Negative if
     * the word has capitals only, or no letter at all ({@code -from}).
     */
    private static int word(byte[] text, int from, int to) {
        int at = from;
        int either = -1;
        while (at < to) {
            int found = CharClass.at(text, at);
            if ((found & (UPPER | CASELESS | MARK)) == 0) {
                return (found & LOWER) != 0 ? Splitter.span(LOWER | CASELESS | MARK, text, at, to) : either > 0 ? either : -at;
            }
            at += CharClass.width(text[at]);
            either = (found & UPPER) == 0 ? at : either;
        }
        return either > 0 ? either : -at;
    }

    private static int lineEnds(byte[] text, int from, int to) {
        int at = from;
        while (at < to && (text[at] == '\n' || text[at] == '\r' || text[at] == '/')) {
            at++;
        }
        return at;
    }
}
