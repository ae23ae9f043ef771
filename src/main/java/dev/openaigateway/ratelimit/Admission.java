package dev.openaigateway.ratelimit;

/** The outcome of a reservation request: a {@link Reservation}, or the decision of the store not to make it. */
public sealed interface Admission permits Reservation, Decision.Refused, Decision.Unavailable {
}
