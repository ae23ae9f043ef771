package dev.openaigateway.routing.policy;

import dev.openaigateway.health.Availability;
import dev.openaigateway.routing.Candidate;

import java.time.Duration;

/** Finds out whether a limit of an instance ends soon. To move a session because of it would lose the prompt cache of the instance. */
final class ShortLimit {

    private static final Duration LONGEST = Duration.ofSeconds(60);

    private ShortLimit() {
    }

    static boolean isOn(Candidate candidate, String model) {
        Availability availability = candidate.instance().availability(model);
        return availability.state() == Availability.State.RATE_LIMITED && availability.busyFor().compareTo(LONGEST) <= 0
                || availability.ready() && candidate.instance().health().room().isShort();
    }
}
