package dev.openaigateway.health;

/** The refusals of an account with no request served between them. Not thread-safe. */
final class Refusals {

    private long first;
    private long count;

    /**
     * Adds one.
     *
     * @param request   identifies what was requested
     * @param ofTheSame so many refusals of one request before a last one are as good as those of two
     * @return whether it is not the only request that was refused
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
