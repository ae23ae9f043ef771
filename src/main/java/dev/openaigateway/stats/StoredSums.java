package dev.openaigateway.stats;

import dev.openaigateway.openai.UsageDetails;

import java.util.LinkedHashMap;
import java.util.Map;

/** The sums of one interval, as read from a store of usage records. Times are in milliseconds. */
record StoredSums(long requests, long errors, long prompt, long completion, double mean, double slowest, UsageDetails details) {

    static final StoredSums NONE = new StoredSums(0, 0, 0, 0, 0, 0, UsageDetails.NONE);

    static StoredSums of(Map<String, Object> row) {
        return new StoredSums(number(row, "requests").longValue(), number(row, "errors").longValue(),
                number(row, "prompt").longValue(), number(row, "completion").longValue(),
                number(row, "mean").doubleValue(), number(row, "slowest").doubleValue(), details(row));
    }

    private static UsageDetails details(Map<String, Object> row) {
        return new UsageDetails(number(row, "cached_tokens").longValue(), number(row, "cache_write_tokens").longValue(),
                number(row, "reasoning_tokens").longValue(), number(row, "audio_input_tokens").longValue(),
                number(row, "audio_output_tokens").longValue(), number(row, "image_input_tokens").longValue(),
                number(row, "image_output_tokens").longValue(), number(row, "seconds_of_sound").doubleValue());
    }

    Map<String, Object> point(UsageMetric metric, long time) {
        Map<String, Object> point = new LinkedHashMap<>();
        point.put("time", time);
        switch (metric) {
            case TOKENS -> {
                point.put("value", prompt + completion);
                point.put("prompt", prompt);
                point.put("completion", completion);
                details.forEach(point::put);
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
