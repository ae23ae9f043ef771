package dev.openaigateway.stats;

import dev.openaigateway.openai.UsageDetails;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.PackedHistogram;

/**
 * Counts and time distributions of some requests. Tallies can be added up. Only successful requests contribute times, since
 * quick refusals would make a slow service look fast. Not thread-safe.
 */
final class Tally {

    private static final long SHORTEST_MICROS = 100;
    private static final long LONGEST_MICROS = 3_600_000_000L;
    private static final int DIGITS = 2;

    long requests;
    long errors;
    long streams;
    long retries;
    long promptTokens;
    long completionTokens;
    UsageDetails details = UsageDetails.NONE;
    final CountByKind serviceTiers = new CountByKind();
    final CountByKind errorsByKind = new CountByKind();
    final CountByKind failedAttempts = new CountByKind();
    /** In microseconds; null until the first value. */
    Histogram latency;
    /** In microseconds; null until the first value. */
    Histogram firstToken;

    void add(UsageRecord usage) {
        requests++;
        streams += usage.stream() ? 1 : 0;
        retries += usage.retries();
        promptTokens += usage.usage().promptTokens();
        completionTokens += usage.usage().completionTokens();
        details = details.plus(usage.usage().details());
        if (usage.usage().serviceTier() != null) {
            serviceTiers.add(usage.usage().serviceTier(), 1);
        }
        if (usage.failed()) {
            errors++;
            errorsByKind.add(usage.errorKind(), 1);
            return;
        }
        latency = with(latency, usage.latency().toNanos() / 1_000);
        if (usage.timesFirstToken()) {
            firstToken = with(firstToken, usage.timeToFirstToken().toNanos() / 1_000);
        }
    }

    void addFailedAttempt(String kind) {
        failedAttempts.add(kind, 1);
    }

    void add(Tally other) {
        requests += other.requests;
        errors += other.errors;
        streams += other.streams;
        retries += other.retries;
        promptTokens += other.promptTokens;
        completionTokens += other.completionTokens;
        details = details.plus(other.details);
        serviceTiers.add(other.serviceTiers);
        errorsByKind.add(other.errorsByKind);
        failedAttempts.add(other.failedAttempts);
        latency = with(latency, other.latency);
        firstToken = with(firstToken, other.firstToken);
    }

    private static Histogram with(Histogram histogram, long micros) {
        Histogram target = histogram == null ? empty() : histogram;
        target.recordValue(Math.max(0, Math.min(LONGEST_MICROS, micros)));
        return target;
    }

    private static Histogram with(Histogram histogram, Histogram other) {
        if (other == null) {
            return histogram;
        }
        Histogram target = histogram == null ? empty() : histogram;
        target.add(other);
        return target;
    }

    /** Packed, to bound memory: a minute of one client takes about 1 KB, in a plain histogram 15 KB. */
    private static Histogram empty() {
        Histogram histogram = new PackedHistogram(SHORTEST_MICROS, 1_000_000, DIGITS);
        histogram.setAutoResize(true);
        return histogram;
    }
}
