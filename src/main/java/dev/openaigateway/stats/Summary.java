package dev.openaigateway.stats;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The counts of one window, for all requests or for one instance, model or client.
 *
 * @param errors              requests that ended with an error
 * @param errorRate           errors per request, 0 to 1
 * @param retries             attempts after a request's first
 * @param failedAttempts      failed calls to instances, even if another instance then served the request
 * @param serviceTiers        requests by the service tier that the upstream named
 * @param latencyMs           latency of successful requests
 * @param timeToFirstTokenMs  time to the first token of successful streams
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
        Map<String, Long> serviceTiers,
        Percentiles latencyMs,
        Percentiles timeToFirstTokenMs) {

    /** @param details parts of the tokens, such as {@code cached_tokens}, and {@code seconds} of sound; by name */
    public record Tokens(long prompt, long completion, long total, @JsonAnyGetter Map<String, Number> details) {

        static Tokens of(Tally tally) {
            Map<String, Number> details = new LinkedHashMap<>();
            tally.details.forEach(details::put);
            return new Tokens(tally.promptTokens, tally.completionTokens, tally.promptTokens + tally.completionTokens, details);
        }
    }

    /** @param seconds the time that the tally covers, at least 1 */
    static Summary of(Tally tally, long seconds) {
        Tokens tokens = Tokens.of(tally);
        return new Summary(
                tally.requests,
                tally.requests - tally.errors,
                tally.errors,
                tally.requests == 0 ? 0 : rounded((double) tally.errors / tally.requests, 10_000),
                tally.errorsByKind.asMap(),
                rounded(tally.requests * 60.0 / seconds, 100),
                tally.streams,
                tally.retries,
                tally.failedAttempts.total(),
                tally.failedAttempts.asMap(),
                tokens,
                rounded(tokens.total() * 60.0 / seconds, 100),
                tally.serviceTiers.asMap(),
                Percentiles.of(tally.latency),
                Percentiles.of(tally.firstToken));
    }

    private static double rounded(double value, double steps) {
        return Math.round(value * steps) / steps;
    }
}
