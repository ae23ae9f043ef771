package dev.openaigateway.routing.policy;

import dev.openaigateway.config.BreakerSettings;
import dev.openaigateway.config.InstanceSettings;
import dev.openaigateway.routing.Candidate;
import dev.openaigateway.health.Breakers;
import dev.openaigateway.health.Health;
import dev.openaigateway.routing.Instance;
import dev.openaigateway.routing.Policy;
import dev.openaigateway.support.TestClock;
import dev.openaigateway.support.TestSettings;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Candidates for tests of policies without a gateway. */
final class Offered {

    private Offered() {
    }

    static Candidate candidate(String name, int priority, int weight, String... models) {
        InstanceSettings settings = TestSettings.of("""
                instances: [ { name: "%s", provider_type: generic, api_base: http://localhost, priority: %d, weight: %d, supported_models: [%s] } ]
                """.formatted(name, priority, weight, String.join(",", models))).instances().get(0);
        TestClock clock = new TestClock();
        Instance instance = new Instance(settings,
                new Health(name, new Breakers(clock, (owner, model, configured, open) -> { }), BreakerSettings.DEFAULT, clock), new AtomicInteger());
        return new Candidate(instance, priority, weight, exchange -> { });
    }

    static Candidate weighing(String name, int weight) {
        return candidate(name, 1, weight);
    }

    static Candidate ranking(String name, int priority) {
        return candidate(name, priority, 1);
    }

    static List<String> order(Policy policy, List<Candidate> candidates) {
        return policy.order(candidates, "gpt-4o").stream().map(Candidate::toString).toList();
    }

    static String first(Policy policy, List<Candidate> candidates) {
        return order(policy, candidates).get(0);
    }
}
