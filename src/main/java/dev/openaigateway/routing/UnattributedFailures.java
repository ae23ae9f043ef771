package dev.openaigateway.routing;

import java.util.ArrayList;
import java.util.List;

/**
 * The failed attempts of one request whose cause is not known yet. If an instance responds, those that failed before are at fault. If two
 * or more fail and none responds, the request is at fault. If only one instance was called, the instance is at fault. Not thread-safe.
 */
final class UnattributedFailures {

    private final List<HealthReport> held = new ArrayList<>(0);
    private boolean unverified;
    private boolean unasked;

    void add(HealthReport failed) {
        held.add(failed);
    }

    /** Another instance was not called, because its retries have failed before. */
    void notVerified() {
        unverified = true;
    }

    /** Another instance was not called, because the attempts or the time are used up. */
    void notAsked() {
        unasked = true;
    }

    /** An instance has responded. */
    void confirm() {
        held.forEach(HealthReport::blame);
    }

    /** An instance has refused the request itself. */
    void dismiss() {
        boolean anyKeyValid = held.stream().anyMatch(HealthReport::isKeyValid);
        held.forEach(anyKeyValid ? HealthReport::excuse : HealthReport::excuseUnlessKey);
    }

    /** No further instance is called. */
    void close() {
        if (unverified || held.size() > 1) {
            dismiss();
        } else {
            held.forEach(unasked ? HealthReport::blameUncompared : HealthReport::blame);
        }
    }
}
