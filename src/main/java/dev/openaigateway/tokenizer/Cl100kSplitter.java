package dev.openaigateway.tokenizer;

import static dev.openaigateway.tokenizer.CharClass.LETTER;
import static dev.openaigateway.tokenizer.CharClass.NUMBER;

/** The pieces of {@code cl100k_base}. */
final class Cl100kSplitter implements Splitter {

    @Override
    public AsciiPieces ascii() {
        return new AsciiPieces(false);
    }

    @Override
    public int end(byte[] text, int from, int to) {
        int contraction = Splitter.contraction(text, from, to);
        if (contraction > from) {
            return contraction;
        }
        int first = CharClass.at(text, from);
        if ((first & LETTER) != 0) {
            return Splitter.span(LETTER, text, from, to);
        }
        if ((first & NUMBER) != 0) {
            return Splitter.digits(text, from, to);
        }
        if (Splitter.isPrefix(first)) {
            int after = from + CharClass.width(text[from]);
            int end = Splitter.span(LETTER, text, after, to);
            if (end > after) {
                return end;
            }
        }
        int end = Splitter.punctuation(text, from, to);
        return end > from ? Splitter.newlines(text, end, to) : Splitter.space(text, from, to);
    }
}
