package dev.openaigateway.openai;

/** Counts what passes by of an answer, for upstreams that do not say what they billed. */
public interface CompletionCounter {

    /** A further piece of the answer's text. */
    void add(CharSequence text);

    /** The answer is made after the call has ended and asked for by another, so that its length is not known here. */
    void comesLater();

    boolean isForLater();

    /** Tokens of the prompt, and of all pieces so far. */
    Usage counted();
}
