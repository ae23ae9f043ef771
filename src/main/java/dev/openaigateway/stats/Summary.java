package dev.openaigateway.stats;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

import java.util.Map;

/**
 * What one window says about one thing.
 *
 * @param errors              requests whose answer was an error
 * @param errorRate           errors per request, 0 to 1
 * @param retries             attempts after a request's first
 * @param failedAttempts      calls to instances that did not succeed, also where another instance then answered
 * @param latencyMs           of successful requests
 * @param timeToFirstTokenMs  of successful streams
 */
@JsonNaming(SnakeCaseStrategy.class)
public record Summary(
        long requests,
        long successes,
        long errors,
        double errorRate,
        Map<String, Long> errorsByKind,
        double requestsPerMinute,
        long streams,
        long retries,
        long failedAttempts,
        Map<String, Long> failedAttemptsByKind,
        Tokens tokens,
        double tokensPerMinute,
        Percentiles latencyMs,
        Percentiles timeToFirstTokenMs) {

    public record Tokens(long prompt, long completion, long total) {

        static Tokens of(Tally counter) {
            return new Tokens(counter.promptTokens, counter.completionTokens, counter.promptTokens + counter.completionTokens);
        }
    }

    /** @param seconds the time that the tally covers; at least 1 */
    static Summary of(Tally counter, long seconds) {
        Tokens tokens = Tokens.of(counter);
        return new Summary(
                counter.requests,
                counter.requests - counter.errors,
                counter.errors,
                counter.requests == 0 ? 0 : rounded((double) counter.errors / counter.requests, 10_000),
                counter.errorsByKind.asMap(),
                rounded(counter.requests * 60.0 / seconds, 100),
                counter.streams,
                counter.retries,
                counter.failedAttempts.total(),
                counter.failedAttempts.asMap(),
                tokens,
                rounded(tokens.total() * 60.0 / seconds, 100),
                Percentiles.of(counter.latency),
                Percentiles.of(counter.firstToken));
    }

    private static double rounded(double value, double steps) {
        return Math.round(value * steps) / steps;
    }
}
