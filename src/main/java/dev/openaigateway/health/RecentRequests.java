package dev.openaigateway.health;

import java.util.Arrays;

/** The latest requests of some kind, so that one that is sent again and again counts once. Thread-safe. */
final class RecentRequests {

    private static final int REMEMBERED = 64;

    private final long[] requests = new long[REMEMBERED];
    private int known;
    private int next;

    /** @param request identifies what was requested; returns whether it is none of the latest */
    synchronized boolean add(long request) {
        if (Arrays.stream(requests, 0, known).anyMatch(earlier -> earlier == request)) {
            return false;
        }
        requests[next] = request;
        next = (next + 1) % REMEMBERED;
        known = Math.min(known + 1, REMEMBERED);
        return true;
    }

    synchronized void clear() {
        known = 0;
        next = 0;
    }
}
