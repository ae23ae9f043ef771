package dev.openaigateway.routing.policy;

import dev.openaigateway.config.LiveSettings;
import dev.openaigateway.config.RoutingSettings.CompositeWeights;
import dev.openaigateway.health.DeploymentHealth;
import dev.openaigateway.routing.Candidate;
import dev.openaigateway.routing.Load;
import dev.openaigateway.routing.Policy;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Orders by a score, lowest first: the weighted mean of three shares, each from 0 to 1.
 * <ul>
 * <li>latency: the average time to the start of the instance's response for the model, as a share of the slowest candidate's;</li>
 * <li>utilisation: the share in use of its limits;</li>
 * <li>health: the share of failed calls in the breaker's window, of the model at the instance or of the instance itself.</li>
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
        double slowest = slowest(candidates, model);
        return candidates.stream()
                .map(candidate -> new Scored(candidate, score(candidate, model, parts, slowest)))
                .sorted(Comparator.comparingDouble(Scored::score).thenComparingInt(scored -> scored.candidate().priority()))
                .map(Scored::candidate)
                .toList();
    }

    @Override
    public String reason(Candidate candidate, List<Candidate> among, String model) {
        return String.format(Locale.ROOT, "score %.3f, priority %d", score(candidate, model, settings.get().routing().composite(), slowest(among, model)), candidate.priority());
    }

    private static double slowest(List<Candidate> candidates, String model) {
        return candidates.stream().mapToDouble(candidate -> latency(candidate, model)).max().orElse(0);
    }

    private double score(Candidate candidate, String model, CompositeWeights parts, double slowest) {
        int sum = parts.latency() + parts.utilisation() + parts.health();
        if (sum == 0) {
            return 0;
        }
        double latency = slowest == 0 ? 0 : latency(candidate, model) / slowest;
        return (parts.latency() * latency
                + parts.utilisation() * load.share(candidate.instance(), model)
                + parts.health() * failures(candidate, model)) / sum;
    }

    private static double latency(Candidate candidate, String model) {
        DeploymentHealth known = candidate.instance().deployment(model);
        return known == null ? 0 : known.latency().toNanos();
    }

    private static double failures(Candidate candidate, String model) {
        DeploymentHealth known = candidate.instance().deployment(model);
        double own = candidate.instance().health().failureShare();
        return known == null ? own : Math.max(own, known.failureShare());
    }
}
