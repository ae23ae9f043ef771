package dev.openaigateway.routing.policy;

import dev.openaigateway.config.LiveSettings;
import dev.openaigateway.config.RoutingSettings.CompositeWeights;
import dev.openaigateway.routing.Candidate;
import dev.openaigateway.routing.Load;
import dev.openaigateway.routing.Policy;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Orders by a score, lowest first: the weighted mean of three shares, each from 0 to 1.
 * <ul>
 * <li>latency: the instance's average time to the start of a response, as a share of the slowest candidate's;</li>
 * <li>utilisation: its tokens per minute in use, as a share of its limit;</li>
 * <li>health: the share of failed calls in its breaker's window.</li>
 * </ul>
 * Ties are ordered by priority.
 */
public final class Composite implements Policy {

    private record Scored(Candidate candidate, double score) {
    }

    private final LiveSettings settings;
    private final Load load;

    public Composite(LiveSettings settings, Load load) {
        this.settings = settings;
        this.load = load;
    }

    @Override
    public List<Candidate> order(List<Candidate> candidates, String model) {
        CompositeWeights parts = settings.get().routing().composite();
        double slowest = slowest(candidates);
        return candidates.stream()
                .map(candidate -> new Scored(candidate, score(candidate, parts, slowest)))
                .sorted(Comparator.comparingDouble(Scored::score).thenComparingInt(scored -> scored.candidate().priority()))
                .map(Scored::candidate)
                .toList();
    }

    @Override
    public String reason(Candidate candidate, List<Candidate> among, String model) {
        return String.format(Locale.ROOT, "score %.3f, priority %d", score(candidate, settings.get().routing().composite(), slowest(among)), candidate.priority());
    }

    private static double slowest(List<Candidate> candidates) {
        return candidates.stream().mapToDouble(Composite::latency).max().orElse(0);
    }

    private double score(Candidate candidate, CompositeWeights parts, double slowest) {
        int sum = parts.latency() + parts.utilisation() + parts.health();
        if (sum == 0) {
            return 0;
        }
        double latency = slowest == 0 ? 0 : latency(candidate) / slowest;
        return (parts.latency() * latency
                + parts.utilisation() * load.share(candidate.instance())
                + parts.health() * candidate.instance().health().failureShare()) / sum;
    }

    private static double latency(Candidate candidate) {
        return candidate.instance().health().latency().toNanos();
    }
}
