package dev.openaigateway.runtime;

import dev.openaigateway.tokens.RedisListener;

/** Remembers whether Redis is away, and passes the news on. */
final class RedisWatch implements RedisListener {

    private final RedisListener next;
    private volatile boolean away;

    RedisWatch(RedisListener next) {
        this.next = next;
    }

    /** From now on it is another Redis, or none. */
    void begin() {
        away = false;
    }

    boolean away() {
        return away;
    }

    @Override
    public void lost(String reason) {
        away = true;
        next.lost(reason);
    }

    @Override
    public void back() {
        away = false;
        next.back();
    }
}
