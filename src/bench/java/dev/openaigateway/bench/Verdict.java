package dev.openaigateway.bench;

enum Verdict {
    /** A figure nothing is required of. */
    INFO,
    PASS,
    MISSED,
    BROKEN;

    static Verdict of(boolean reached) {
        return reached ? PASS : MISSED;
    }
}
