package dev.openaigateway.health;

/** The refusals of an account with no request served between them. Not thread-safe. */
final class Refusals {

    private long first;
    private long count;

    /**
     * Adds one.
     *
     * @param request   identifies what was requested
     * @param ofTheSame number of earlier refusals after which a refusal of the same request is confirmed, too
     * @return whether it is confirmed: by the refusal of a different request, or by so many of the same
     */
    boolean add(long request, long ofTheSame) {
        boolean confirmed = count > 0 && (first != request || count >= ofTheSame);
        first = count == 0 ? request : first;
        count++;
        return confirmed;
    }

    void clear() {
        count = 0;
    }
}
