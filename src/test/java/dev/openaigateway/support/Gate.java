package dev.openaigateway.support;

import java.util.concurrent.Semaphore;

/** Holds back the events of a stream, or whole replies, until the test releases them. Each needs one permit. Thread-safe. */
public final class Gate {

    private static final int ALL = 1_000_000;

    private final Semaphore permits = new Semaphore(0);

    public void release() {
        release(1);
    }

    public void release(int events) {
        permits.release(events);
    }

    /** Releases everything from now on. */
    public void open() {
        release(ALL);
    }

    /** A reply that is sent once the gate has released it. */
    public Reply holding(Reply reply) {
        return (line, request) -> {
            pass();
            reply.writeTo(line, request);
        };
    }

    public void pass() throws InterruptedException {
        permits.acquire();
    }
}
