package dev.openaigateway.throttle;

import dev.openaigateway.ratelimit.RedisListener;

/** Whether Redis is available. Passes changes on to the listener until it is retired. */
final class RedisStatus implements RedisListener {

    private final RedisListener next;
    private volatile boolean unavailable;
    private volatile boolean active = true;

    RedisStatus(RedisListener next) {
        this.next = next;
    }

    /** From now on it is another Redis, or none, that news is of. */
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
