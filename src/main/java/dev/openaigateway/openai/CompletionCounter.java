package dev.openaigateway.openai;

/** Counts the text of a response as it passes, for upstreams that do not report usage. */
public interface CompletionCounter {

    /** A further piece of the answer's text. */
    void add(CharSequence text);

    /** The answer is made after the call has ended and asked for by another, so that its length is not known here. */
    void comesLater();

    boolean isForLater();

    /** Tokens of the prompt, and of all pieces so far. */
    Usage counted();
}
