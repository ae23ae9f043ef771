package dev.openaigateway.stats;

import java.util.LinkedHashMap;
import java.util.Map;

/** The sums of one interval, as read from a store of usage records. Times are in milliseconds. */
record StoredSums(long requests, long errors, long prompt, long completion, double mean, double slowest) {

    static final StoredSums NONE = new StoredSums(0, 0, 0, 0, 0, 0);

    static StoredSums of(Map<String, Object> row) {
        return new StoredSums(number(row, "requests").longValue(), number(row, "errors").longValue(),
                number(row, "prompt").longValue(), number(row, "completion").longValue(),
                number(row, "mean").doubleValue(), number(row, "slowest").doubleValue());
    }

    Map<String, Object> point(UsageMetric metric, long time) {
        Map<String, Object> point = new LinkedHashMap<>();
        point.put("time", time);
        switch (metric) {
            case TOKENS -> {
                point.put("value", prompt + completion);
                point.put("prompt", prompt);
                point.put("completion", completion);
            }
            case REQUESTS -> {
                point.put("value", requests);
                point.put("successes", requests - errors);
                point.put("errors", errors);
            }
            case ERRORS -> point.put("value", errors);
            case LATENCY -> {
                point.put("value", Milliseconds.ofMicros(mean * 1000));
                point.put("max", Milliseconds.ofMicros(slowest * 1000));
            }
        }
        return point;
    }

    private static Number number(Map<String, Object> row, String name) {
        return row.get(name) instanceof Number number ? number : 0;
    }
}
