package dev.openaigateway.throttle;

/** Whether Redis keeps the limits. */
public enum RedisState {

    NOT_USED(null),
    OK("ok"),
    UNAVAILABLE("away");

    private final String word;

    RedisState(String word) {
        this.word = word;
    }

    /** The public word in documents; null if limits are kept in memory. */
    public String word() {
        return word;
    }
}
