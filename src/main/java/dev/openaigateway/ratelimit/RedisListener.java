package dev.openaigateway.ratelimit;

/** Hears when the shared windows are lost and when they are back, once for each change. Must return soon. */
public interface RedisListener {

    RedisListener NONE = new RedisListener() {
        @Override
        public void lost(String reason) {
        }

        @Override
        public void back() {
        }
    };

    /** @param reason for people; holds no secret */
    void lost(String reason);

    void back();
}
