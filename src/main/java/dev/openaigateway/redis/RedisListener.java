package dev.openaigateway.redis;

/** Notified once per change when the shared windows become unavailable or available again. Must not block. */
public interface RedisListener {

    RedisListener NONE = new RedisListener() {
        @Override
        public void lost(String reason) {
        }

        @Override
        public void back() {
        }
    };

    /**
     * Redis became unavailable.
     *
     * @param reason human-readable; contains no secret
     */
    void lost(String reason);

    /** Redis is available again. */
    void back();
}
