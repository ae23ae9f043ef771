package dev.openaigateway.bench;

import java.util.LinkedHashMap;
import java.util.Map;

/** One line of the table. Immutable; the methods return a changed copy. */
record Result(String title, Map<String, String> values, String measured, String required, Verdict verdict) {

    Result {
        values = Map.copyOf(values);
    }

    Result(String title) {
        this(title, Map.of(), "", "", Verdict.INFO);
    }

    /** Sets the figure of one column. */
    Result value(String target, String figure) {
        Map<String, String> more = new LinkedHashMap<>(values);
        more.put(target, figure);
        return new Result(title, more, measured, required, verdict);
    }

    /** Sets the requirement; {@code what} is the figure it applies to, empty for the gateway's own. */
    Result require(String what, String rule, boolean reached) {
        return new Result(title, values, what, rule, Verdict.of(reached));
    }

    /** Sets a remark on the figures, without a requirement. */
    Result show(String what) {
        return new Result(title, values, what, required, verdict);
    }

    Result verdict(Verdict other) {
        return new Result(title, values, measured, required, other);
    }
}
