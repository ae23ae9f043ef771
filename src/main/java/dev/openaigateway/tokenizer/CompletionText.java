package dev.openaigateway.tokenizer;

/**
 * Counts the text of an answer as it passes by, for the case that the upstream sends no usage. Costs an append a chunk;
 * the tokenizer runs only when asked for the number, and not again for the same text. Not safe for use by several threads.
 */
public final class CompletionText {

    private final Tokenizer tokenizer;
    private final StringBuilder head = new StringBuilder();
    private long restBytes;
    private long counted;
    private boolean changed;

    public CompletionText(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    public void add(CharSequence delta) {
        changed = true;
        if (head.length() + delta.length() <= TextCounter.EXACT_BYTES && restBytes == 0) {
            head.append(delta);
        } else {
            restBytes += Utf8.length(delta);
        }
    }

    /** Tokens of everything added so far. */
    public long tokens() {
        if (changed) {
            changed = false;
            counted = count();
        }
        return counted;
    }

    private long count() {
        TextCounter counter = new TextCounter(tokenizer);
        counter.add(head.toString());
        if (restBytes > 0) {
            counter.addRest(restBytes);
        }
        return counter.tokens();
    }
}
