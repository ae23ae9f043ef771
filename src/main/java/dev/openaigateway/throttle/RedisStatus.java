package dev.openaigateway.throttle;

import dev.openaigateway.redis.RedisListener;

/** Tracks whether Redis is available. Forwards changes to the listener until {@link #retire} is called. Thread-safe. */
final class RedisStatus implements RedisListener {

    private final RedisListener next;
    private volatile boolean unavailable;
    private volatile boolean active = true;

    RedisStatus(RedisListener next) {
        this.next = next;
    }

    /** Stops forwarding: this Redis is no longer in use. */
    void retire() {
        active = false;
    }

    boolean unavailable() {
        return unavailable;
    }

    @Override
    public void lost(String reason) {
        unavailable = true;
        if (active) {
            next.lost(reason);
        }
    }

    @Override
    public void back() {
        unavailable = false;
        if (active) {
            next.back();
        }
    }
}
