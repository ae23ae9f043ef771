package dev.openaigateway.routing.policy;

import dev.openaigateway.config.LiveSettings;
import dev.openaigateway.config.RoutingSettings.Strategy;
import dev.openaigateway.routing.Candidate;
import dev.openaigateway.routing.Policy;
import dev.openaigateway.support.TestSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static dev.openaigateway.routing.policy.Offered.candidate;
import static dev.openaigateway.routing.policy.Offered.first;
import static dev.openaigateway.routing.policy.Offered.order;
import static dev.openaigateway.routing.policy.Offered.ranking;
import static org.assertj.core.api.Assertions.assertThat;

class PolicyOrderTest {

    @Test
    void failoverShouldAlwaysReturnTheSameOrder() {
        List<Candidate> candidates = List.of(ranking("c", 2), ranking("a", 1), ranking("b", 1));
        Policy failover = new Failover();

        assertThat(Stream.generate(() -> order(failover, candidates)).limit(5)).containsOnly(List.of("a", "b", "c"));
    }

    @Test
    void priorityShouldRotateTiesEvenly() {
        List<Candidate> candidates = List.of(ranking("a", 1), ranking("b", 1), ranking("c", 2));
        Policy priority = new Priority();

        List<List<String>> orders = Stream.generate(() -> order(priority, candidates)).limit(4).toList();

        assertThat(orders).containsExactly(
                List.of("a", "b", "c"), List.of("b", "a", "c"), List.of("a", "b", "c"), List.of("b", "a", "c"));
    }

    @Test
    void roundRobinShouldTakeTurns() {
        List<Candidate> candidates = List.of(ranking("a", 3), ranking("b", 1), ranking("c", 2));
        Policy roundRobin = new RoundRobin();

        assertThat(Stream.generate(() -> order(roundRobin, candidates)).limit(4)).containsExactly(
                List.of("a", "b", "c"), List.of("b", "c", "a"), List.of("c", "a", "b"), List.of("a", "b", "c"));
    }

    @Test
    void modelSpecificShouldPreferInstancesThatListTheModel() {
        List<Candidate> candidates = List.of(
                candidate("any", 1, 1), candidate("named", 5, 1, "gpt-4o"), candidate("also", 5, 1, "gpt-4o"), candidate("any2", 1, 1));
        Policy modelSpecific = new ModelSpecific();

        assertThat(Stream.generate(() -> order(modelSpecific, candidates)).limit(4)).containsExactly(
                List.of("named", "also", "any", "any2"), List.of("also", "named", "any2", "any"),
                List.of("named", "also", "any", "any2"), List.of("also", "named", "any2", "any"));
    }

    @ParameterizedTest
    @MethodSource("takingTurns")
    void shouldRotateForEachModel(Policy policy) {
        List<Candidate> candidates = List.of(ranking("a", 1), ranking("b", 1));
        List<String> chats = new ArrayList<>();
        List<String> embeddings = new ArrayList<>();

        for (int i = 0; i < 4; i++) {
            chats.add(policy.order(candidates, "gpt-4o").get(0).toString());
            embeddings.add(policy.order(candidates, "text-embedding-3-small").get(0).toString());
        }

        assertThat(chats).containsExactly("a", "b", "a", "b");
        assertThat(embeddings).containsExactly("a", "b", "a", "b");
    }

    @ParameterizedTest
    @MethodSource("takingTurns")
    void shouldRotateForEachSetOfCandidates(Policy policy) {
        Candidate a = ranking("a", 1);
        Candidate b = ranking("b", 1);
        Candidate c = ranking("c", 1);
        List<String> ofTwo = new ArrayList<>();

        for (int i = 0; i < 4; i++) {
            ofTwo.add(first(policy, List.of(a, b)));
            first(policy, List.of(a, b, c));
        }

        assertThat(ofTwo).containsExactly("a", "b", "a", "b");
    }

    @ParameterizedTest
    @MethodSource("takingTurns")
    void shouldNotAdvanceTheRotationInAPreview(Policy policy) {
        List<Candidate> candidates = List.of(ranking("a", 1), ranking("b", 1));
        first(policy, candidates);

        List<List<Candidate>> previews = Stream.generate(() -> policy.preview(candidates, "gpt-4o")).limit(3).toList();

        assertThat(previews).containsOnly(policy.order(candidates, "gpt-4o"));
        assertThat(previews.get(0)).hasToString("[b, a]");
    }

    @ParameterizedTest
    @MethodSource("takingTurns")
    void shouldRememberTheRotationOfABoundedNumberOfModels(Policy policy) {
        List<Candidate> candidates = List.of(ranking("a", 1), ranking("b", 1));
        policy.order(candidates, "forgotten");
        IntStream.range(0, 1024).forEach(i -> policy.order(candidates, "model-" + i));

        assertThat(policy.order(candidates, "model-1023")).hasToString("[b, a]");
        assertThat(policy.order(candidates, "forgotten")).as("starts from the beginning").hasToString("[a, b]");
    }

    private static Stream<Policy> takingTurns() {
        return Stream.of(new Priority(), new RoundRobin(), new ModelSpecific(), new Weighted());
    }

    @Test
    void configuredShouldFollowTheSettings() {
        LiveSettings settings = TestSettings.live("routing: { strategy: round_robin }");
        Policy configured = new ConfiguredPolicy(settings, each -> each == Strategy.ROUND_ROBIN ? new RoundRobin() : new Failover());
        List<Candidate> candidates = List.of(ranking("a", 1), ranking("b", 1));

        assertThat(first(configured, candidates)).isEqualTo("a");
        assertThat(first(configured, candidates)).isEqualTo("b");
        settings.change(TestSettings.of("routing: { strategy: failover }"));
        assertThat(Stream.generate(() -> first(configured, candidates)).limit(3)).containsOnly("a");
    }
}
