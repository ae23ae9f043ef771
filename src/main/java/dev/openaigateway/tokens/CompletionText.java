package dev.openaigateway.tokens;

/**
 * Counts the text of an answer as it passes by, for the case that the upstream sends no usage. Costs an append a chunk;
 * the tokenizer runs only when asked for the number. Not safe for use by several threads.
 */
public final class CompletionText {

    private final Tokenizer tokenizer;
    private final StringBuilder head = new StringBuilder();
    private long restBytes;

    public CompletionText(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    public void add(CharSequence delta) {
        if (head.length() + delta.length() <= TextCounter.EXACT_BYTES && restBytes == 0) {
            head.append(delta);
        } else {
            restBytes += Utf8.length(delta);
        }
    }

    /** Tokens of everything added so far. */
    public long tokens() {
        TextCounter counter = new TextCounter(tokenizer);
        counter.add(head.toString());
        if (restBytes > 0) {
            counter.addRest(restBytes);
        }
        return counter.tokens();
    }
}
