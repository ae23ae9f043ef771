package dev.openaigateway.routing.policy;

import dev.openaigateway.health.Health;
import dev.openaigateway.health.IfOpen;
import dev.openaigateway.health.Permission;
import dev.openaigateway.routing.Candidate;
import dev.openaigateway.routing.Load;
import dev.openaigateway.support.TestSettings;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import static dev.openaigateway.routing.policy.Offered.order;
import static dev.openaigateway.routing.policy.Offered.ranking;
import static org.assertj.core.api.Assertions.assertThat;

class LoadPolicyTest {

    private final Map<String, Double> shares = Map.of("a", 0.8, "b", 0.1, "c", 0.5);
    private final Load load = (instance, model) -> shares.get(instance.name());
    private final List<Candidate> candidates = List.of(ranking("a", 1), ranking("b", 3), ranking("c", 2));

    @Test
    void leastLoadedShouldPreferTheInstanceWithMostRoom() {
        assertThat(order(new LeastLoaded(load), candidates)).containsExactly("b", "c", "a");
    }

    @Test
    void leastLoadedShouldBreakTiesByCallsInProgressAndThenPriority() {
        candidates.get(0).instance().entered();

        assertThat(order(new LeastLoaded((instance, model) -> 0), candidates)).containsExactly("c", "b", "a");
    }

    @Test
    void leastBusyShouldCountCallsInFlightRelativeToTheWeight() {
        List<Candidate> two = List.of(Offered.weighing("large", 80), Offered.weighing("small", 20), Offered.weighing("spare", 0));
        for (int i = 0; i < 3; i++) {
            two.get(0).instance().entered();
        }
        two.get(1).instance().entered();

        assertThat(order(new LeastBusy(), two)).as("3 of 80 are fewer than 1 of 20").containsExactly("large", "small", "spare");
        two.get(0).instance().entered();
        two.get(0).instance().entered();
        assertThat(order(new LeastBusy(), two)).as("5 of 80 are more than 1 of 20").containsExactly("small", "large", "spare");
    }

    @Test
    void leastBusyShouldTakeTurnsAmongIdleInstancesOfOnePriority() {
        List<Candidate> idle = List.of(ranking("a", 1), ranking("b", 1), ranking("c", 2));
        LeastBusy policy = new LeastBusy();

        assertThat(List.of(order(policy, idle).get(0), order(policy, idle).get(0), order(policy, idle).get(0))).containsExactly("a", "b", "a");
    }

    @Test
    void compositeShouldWeighLatencyAgainstUtilisation() {
        respondedAfter(candidates.get(0), 100);
        respondedAfter(candidates.get(1), 1000);
        respondedAfter(candidates.get(2), 400);

        assertThat(composite(1, 0, 0)).containsExactly("a", "c", "b");
        assertThat(composite(0, 1, 0)).containsExactly("b", "c", "a");
        assertThat(composite(1, 1, 0)).as("0.45, 0.45 and 0.55, ties by priority").containsExactly("a", "c", "b");
        assertThat(composite(1, 3, 0)).as("0.625, 0.325 and 0.475").containsExactly("b", "c", "a");
    }

    @Test
    void compositeShouldCountFailures() {
        for (int i = 0; i < 100; i++) {
            Health health = candidates.get(0).instance().health();
            Permission permission = health.tryAcquire(health.of("gpt-4o"), IfOpen.PROBE, false);
            if (permission != null) {
                permission.deploymentFailed(1, true, null);
            }
        }

        assertThat(composite(0, 0, 1)).as("the failing one is last, the others go by priority").containsExactly("c", "b", "a");
    }

    private List<String> composite(int latency, int utilisation, int health) {
        return order(new Composite(TestSettings.live("routing: { composite: { latency: %d, utilisation: %d, health: %d } }"
                .formatted(latency, utilisation, health)), load), candidates);
    }

    private static void respondedAfter(Candidate candidate, long millis) {
        Health health = candidate.instance().health();
        health.tryAcquire(health.of("gpt-4o"), IfOpen.REFUSE, false).succeeded(Duration.ofMillis(millis).toNanos());
    }
}
