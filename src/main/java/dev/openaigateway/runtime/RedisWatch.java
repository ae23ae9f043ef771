package dev.openaigateway.runtime;

import dev.openaigateway.tokens.RedisListener;

/** Remembers whether one Redis is away, and passes the news of it on for as long as it is in force. */
final class RedisWatch implements RedisListener {

    private final RedisListener next;
    private volatile boolean away;
    private volatile boolean inForce = true;

    RedisWatch(RedisListener next) {
        this.next = next;
    }

    /** From now on it is another Redis, or none, that news is of. */
    void retire() {
        inForce = false;
    }

    boolean away() {
        return away;
    }

    @Override
    public void lost(String reason) {
        away = true;
        if (inForce) {
            next.lost(reason);
        }
    }

    @Override
    public void back() {
        away = false;
        if (inForce) {
            next.back();
        }
    }
}
