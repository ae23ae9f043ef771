package dev.openaigateway.routing;

import dev.openaigateway.config.RoutingSettings.Strategy;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import static dev.openaigateway.routing.Offered.candidate;
import static dev.openaigateway.routing.Offered.first;
import static dev.openaigateway.routing.Offered.order;
import static dev.openaigateway.routing.Offered.ranking;
import static org.assertj.core.api.Assertions.assertThat;

class PolicyOrderTest {

    @Test
    void failoverShouldAlwaysGiveTheSameOrder() {
        List<Candidate> candidates = List.of(ranking("c", 2), ranking("a", 1), ranking("b", 1));
        Policy failover = new Failover();

        assertThat(Stream.generate(() -> order(failover, candidates)).limit(5)).containsOnly(List.of("a", "b", "c"));
    }

    @Test
    void priorityShouldGiveTiesTheirTurnsEvenly() {
        List<Candidate> candidates = List.of(ranking("a", 1), ranking("b", 1), ranking("c", 2));
        Policy priority = new Priority();

        List<List<String>> orders = Stream.generate(() -> order(priority, candidates)).limit(4).toList();

        assertThat(orders).containsExactly(
                List.of("a", "b", "c"), List.of("b", "a", "c"), List.of("a", "b", "c"), List.of("b", "a", "c"));
    }

    @Test
    void roundRobinShouldGiveEachItsTurn() {
        List<Candidate> candidates = List.of(ranking("a", 3), ranking("b", 1), ranking("c", 2));
        Policy roundRobin = new RoundRobin();

        assertThat(Stream.generate(() -> order(roundRobin, candidates)).limit(4)).containsExactly(
                List.of("a", "b", "c"), List.of("b", "c", "a"), List.of("c", "a", "b"), List.of("a", "b", "c"));
    }

    @Test
    void modelSpecificShouldPreferInstancesThatNameTheModel() {
        List<Candidate> candidates = List.of(
                candidate("any", 1, 1), candidate("named", 5, 1, "gpt-4o"), candidate("also", 5, 1, "gpt-4o"), candidate("any2", 1, 1));
        Policy modelSpecific = new ModelSpecific();

        assertThat(Stream.generate(() -> order(modelSpecific, candidates)).limit(4)).containsExactly(
                List.of("named", "also", "any", "any2"), List.of("also", "named", "any2", "any"),
                List.of("named", "also", "any", "any2"), List.of("also", "named", "any2", "any"));
    }

    @Test
    void configuredShouldFollowTheSettings() {
        AtomicReference<Strategy> strategy = new AtomicReference<>(Strategy.ROUND_ROBIN);
        Policy configured = new Configured(strategy::get, each -> each == Strategy.ROUND_ROBIN ? new RoundRobin() : new Failover());
        List<Candidate> candidates = List.of(ranking("a", 1), ranking("b", 1));

        assertThat(first(configured, candidates)).isEqualTo("a");
        assertThat(first(configured, candidates)).isEqualTo("b");
        strategy.set(Strategy.FAILOVER);
        assertThat(Stream.generate(() -> first(configured, candidates)).limit(3)).containsOnly("a");
    }
}
