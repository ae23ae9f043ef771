package dev.openaigateway.openai;

/** Counts the text of a response while it is relayed, for upstreams that report no usage. Used by one thread at a time. */
public interface CompletionCounter {

    /** Adds a piece of the response's text. */
    void add(CharSequence text);

    /** What was counted of each choice, so that a text that is sent again is not. */
    CountedChoices choices();

    /** Marks the length of the response as unknown: it goes on in the background, where another call fetches it, or it was dropped unread. */
    void markUnknown();

    /** Whether {@link #markUnknown} was called. */
    boolean isUnknown();

    /** Tokens of the prompt and of all pieces added so far. */
    Usage counted();
}
