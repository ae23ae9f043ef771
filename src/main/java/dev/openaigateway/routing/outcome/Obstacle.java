package dev.openaigateway.routing.outcome;

/** What kept a candidate for a model from serving a request, apart from the failures of attempts. */
enum Obstacle {

    /** A limit of the client or of the gateway has no room, so no candidate was called. */
    OVER_BUDGET,
    /** The prompt is longer than each candidate accepts. */
    TOO_LONG,
    /** An instance that serves the model is disabled in the settings, and no other does. */
    DISABLED,
    /** An instance was not called, since it has reported before that it is at its limit. */
    BENCHED,
    /** A limit of the settings has no room at an instance. */
    NO_ROOM,
    /** An instance was called, and responded that it is at its limit. */
    LIMITED,
    /** An instance was not called, since its account is empty. */
    NO_CREDIT,
    /** A breaker refused the call. */
    BREAKER_OPEN,
    /** The retry budget refused the call. */
    WITHHELD,
    /** An instance was not called for another reason, such as a failed health check. */
    DOWN,
    /** The limiter is unavailable, and the settings admit nothing without it. */
    LIMITER_UNAVAILABLE
}
