package dev.openaigateway.tokenizer;

import dev.openaigateway.json.Utf8;

/**
 * Counts the text of a response while it is relayed, in case the upstream reports no usage. {@link #add} only appends; the
 * tokenizer runs in {@link #tokens}, at most once per text. Not thread-safe.
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
        int fitting = restBytes > 0 ? 0 : Math.min(delta.length(), TextCounter.EXACT_BYTES - head.length());
        head.append(delta, 0, fitting);
        if (fitting < delta.length()) {
            restBytes += Utf8.length(delta.subSequence(fitting, delta.length()));
        }
    }

    /** Tokens of the text added so far; an estimate beyond 96 KB. */
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
