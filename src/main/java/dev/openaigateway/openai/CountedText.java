package dev.openaigateway.openai;

import java.util.List;

/** What was counted of one text of a choice, known by its length and hash. Some upstreams send in each event the message so far. Not thread-safe. */
final class CountedText {

    private final Beginning counted = new Beginning();
    private final Beginning message = new Beginning();
    private boolean inPieces;
    private boolean accumulates;

    /** Adds pieces that come outside a message. */
    void follow(List<String> pieces) {
        pieces.forEach(counted::append);
        inPieces |= !pieces.isEmpty();
    }

    /**
     * Adds a message.
     *
     * @return what of it was not counted: all, unless it goes on from what came before
     */
    List<String> news(List<String> texts) {
        String whole = String.join("", texts);
        int known = counted.isOf(whole) ? counted.length() : message.isOf(whole) ? message.length() : 0;
        boolean again = known == whole.length() && !inPieces && !accumulates;
        String more = whole.substring(again ? 0 : known);
        counted.append(more);
        return more.isEmpty() ? List.of() : List.of(more);
    }

    /** The message of the latest event, for the next one. */
    void remember(List<String> texts) {
        String whole = String.join("", texts);
        if (!whole.isEmpty()) {
            accumulates |= message.length() > 0 && message.length() < whole.length() && message.isOf(whole);
            message.set(whole);
        }
    }
}
