package dev.openaigateway.tokenizer;

import static dev.openaigateway.tokenizer.CharClass.LETTER;
import static dev.openaigateway.tokenizer.CharClass.NUMBER;

/** The pieces of {@code p50k_base} and {@code r50k_base}. */
final class Gpt2Splitter implements Splitter {

    @Override
    public int end(byte[] text, int from, int to) {
        int contraction = Splitter.contraction(text, from, to);
        if (contraction > from && isLowerCase(text, from + 1, contraction)) {
            return contraction;
        }
        int start = text[from] == ' ' ? from + 1 : from;
        if (start < to) {
            int kind = CharClass.at(text, start) & (LETTER | NUMBER);
            if (kind != 0) {
                return Splitter.span((kind & LETTER) != 0 ? LETTER : NUMBER, text, start, to);
            }
        }
        int end = Splitter.punctuation(text, from, to);
        return end > from ? end : Splitter.blanks(text, from, to);
    }

    private static boolean isLowerCase(byte[] text, int from, int to) {
        for (int at = from; at < to; at++) {
            if (text[at] < 'a') {
                return false;
            }
        }
        return true;
    }
}
