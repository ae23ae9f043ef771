package dev.openaigateway.call;

import dev.openaigateway.openai.AttemptReport;

import java.util.List;

/** The attempts of a request as one text, such as {@code east=500 (38 ms); west=200 (120 ms)}. */
public final class AttemptTrace {

    /** The header that carries the trace if {@code routing.trace_header} is on. */
    public static final String HEADER = "x-gateway-trace";

    private AttemptTrace() {
    }

    /** Returns null if no instance was tried. */
    public static String of(List<AttemptReport> attempts) {
        if (attempts.isEmpty()) {
            return null;
        }
        StringBuilder text = new StringBuilder(32);
        attempts.forEach(attempt -> append(text, attempt));
        return text.toString();
    }

    /**
     * Returns rule and attempts.
     *
     * @param running the instance whose response begins; null if none does
     */
    static String of(CallResult result, String running) {
        StringBuilder text = new StringBuilder(64).append("rule=").append(result.rule() == null ? "none" : result.rule());
        result.attempts().forEach(attempt -> append(text, attempt));
        return running == null ? text.toString() : text.append("; ").append(running).append("=200").toString();
    }

    private static void append(StringBuilder text, AttemptReport attempt) {
        text.append(text.isEmpty() ? "" : "; ").append(attempt.instance()).append('=');
        if (attempt.status() > 0) {
            text.append(attempt.status());
        } else {
            text.append(attempt.kind());
        }
        text.append(" (").append(attempt.millis()).append(" ms)");
    }
}
