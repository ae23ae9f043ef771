package dev.openaigateway.health;

/** What an open breaker does with a call. */
public enum IfOpen {

    /** It refuses the call. */
    REFUSE,
    /** It admits the call as a probe, since no other instance is left. */
    PROBE
}
