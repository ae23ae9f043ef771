package dev.openaigateway.bench;

enum Verdict {
    /** A figure without a requirement. */
    INFO,
    PASS,
    MISSED,
    BROKEN;

    static Verdict of(boolean reached) {
        return reached ? PASS : MISSED;
    }
}
