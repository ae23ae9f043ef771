package dev.openaigateway.api;

/** Counts what passes by of an answer, for upstreams that do not say what they billed. */
public interface AnswerTally {

    /** A further piece of the answer's text. */
    void add(CharSequence text);

    /** Tokens of the prompt, and of all pieces so far. */
    Usage counted();
}
