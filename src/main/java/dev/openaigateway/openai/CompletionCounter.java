package dev.openaigateway.openai;

/** Counts the text of a response while it is relayed, for upstreams that report no usage. Used by one thread at a time. */
public interface CompletionCounter {

    /** Adds a piece of the response's text. */
    void add(CharSequence text);

    /** Marks the response as a background response: another call fetches it, so its length is not known here. */
    void markBackground();

    /** Whether {@link #markBackground} was called. */
    boolean isBackground();

    /** Tokens of the prompt and of all pieces added so far. */
    Usage counted();
}
