package dev.openaigateway.call;

import dev.openaigateway.openai.AttemptReport;

import java.util.List;

/**
 * The attempts of a request as one text, such as {@code east=500 (38 ms); west/gpt-4o-mini=200 (120 ms)}. The model is named if
 * it is not the one that the client named.
 */
public final class AttemptsText {

    /** The header that carries the trace if {@code routing.trace_header} is on. */
    public static final String HEADER = "x-gateway-trace";

    private AttemptsText() {
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
     * @param model   the model that it was asked for, if it is not the one that the client named; else null
     */
    static String of(CallResult result, String running, String model) {
        StringBuilder text = new StringBuilder(64).append("rule=").append(result.rule() == null ? "none" : result.rule());
        result.attempts().forEach(attempt -> append(text, attempt));
        if (running != null) {
            name(text.append("; "), running, model);
            text.append("200");
        }
        return text.toString();
    }

    private static void append(StringBuilder text, AttemptReport attempt) {
        name(text.append(text.isEmpty() ? "" : "; "), attempt.instance(), attempt.model());
        if (attempt.status() > 0) {
            text.append(attempt.status());
        } else {
            text.append(attempt.kind());
        }
        text.append(" (").append(attempt.millis()).append(" ms)");
    }

    /** Only what a header can hold: rules may take the model from a request. */
    private static void name(StringBuilder text, String instance, String model) {
        text.append(instance);
        if (model != null) {
            text.append('/');
            model.chars().forEach(c -> text.append(c > ' ' && c < 127 ? (char) c : '?'));
        }
        text.append('=');
    }
}
