package dev.openaigateway.support;

import java.util.concurrent.Semaphore;

/** Holds back a stream's events, or whole replies, until the test lets them pass, one permit for each. */
public final class Gate {

    private static final int ALL = 1_000_000;

    private final Semaphore permits = new Semaphore(0);

    public void release() {
        release(1);
    }

    public void release(int events) {
        permits.release(events);
    }

    /** Lets everything pass from now on. */
    public void open() {
        release(ALL);
    }

    /** The reply, once the gate has let its request pass. */
    public Reply holding(Reply reply) {
        return (line, request) -> {
            pass();
            reply.writeTo(line, request);
        };
    }

    void pass() throws InterruptedException {
        permits.acquire();
    }
}
