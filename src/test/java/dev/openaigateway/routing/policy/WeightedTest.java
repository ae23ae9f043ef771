package dev.openaigateway.routing.policy;

import dev.openaigateway.routing.Candidate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static dev.openaigateway.routing.policy.Offered.first;
import static dev.openaigateway.routing.policy.Offered.order;
import static org.assertj.core.api.Assertions.assertThat;

class WeightedTest {

    private final Weighted weighted = new Weighted();

    @Property(tries = 200)
    void shouldKeepAnyHundredPicksAtPercentages(@ForAll @Size(max = 5) List<@IntRange(min = 1, max = 20) Integer> parts) {
        List<Integer> percentages = new ArrayList<>(parts);
        percentages.add(100 - parts.stream().mapToInt(Integer::intValue).sum());

        assertThat(largestDeviation(percentages)).isZero();
    }

    @Property(tries = 200)
    void shouldKeepAnyHundredPicksWithinOneOfAnyWeights(
            @ForAll @Size(min = 2, max = 8) List<@From("weights") Integer> weights) {
        assertThat(largestDeviation(weights)).isLessThanOrEqualTo(1);
    }

    @Provide
    Arbitrary<Integer> weights() {
        return Arbitraries.oneOf(Arbitraries.integers().between(1, 20), Arbitraries.integers().between(1, 1_000_000));
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 16", "7, 11, 13", "1, 1, 98", "333333, 333333, 333334"})
    void shouldKeepAnyHundredPicksWithinOneOfThree(int one, int other, int third) {
        assertThat(largestDeviation(List.of(one, other, third))).isLessThanOrEqualTo(1);
    }

    @Property(tries = 50)
    void shouldKeepTheWeightsOfEachSetWhenCandidatesVary(
            @ForAll @Size(value = 4) List<@IntRange(min = 1, max = 50) Integer> weights,
            @ForAll @Size(value = 600) List<@IntRange(min = 1, max = 15) Integer> present) {
        List<Candidate> all = weighing(weights);
        Map<Integer, List<String>> picksOf = new HashMap<>();
        for (int set : present) {
            List<Candidate> candidates = IntStream.range(0, 4).filter(i -> (set >> i & 1) == 1).mapToObj(all::get).toList();
            picksOf.computeIfAbsent(set, unused -> new ArrayList<>()).add(first(weighted, candidates));
        }

        picksOf.forEach((set, picks) -> assertThat(largestDeviation(picks, IntStream.range(0, 4)
                .mapToObj(i -> (set >> i & 1) * weights.get(i)).toList(), Math.min(100, picks.size()))).isLessThanOrEqualTo(1));
    }

    @Test
    void shouldKeepTheWeightsUnderConcurrentRequests() {
        List<Candidate> candidates = List.of(Offered.weighing("a", 50), Offered.weighing("b", 30), Offered.weighing("c", 20));

        Map<String, Long> picks = IntStream.range(0, 20_000).parallel().mapToObj(i -> first(weighted, candidates))
                .collect(Collectors.groupingBy(name -> name, Collectors.counting()));

        assertThat(picks).isEqualTo(Map.of("a", 10_000L, "b", 6_000L, "c", 4_000L));
    }

    @Test
    void shouldTakeTurnsWhenAllWeightsAreZero() {
        assertThat(picks(List.of(Offered.weighing("a", 0), Offered.weighing("b", 0)), 4)).containsExactly("a", "b", "a", "b");
    }

    private static double largestDeviation(List<Integer> weights) {
        return largestDeviation(picks(new Weighted(), weighing(weights), 1000), weights, 100);
    }

    private static List<Candidate> weighing(List<Integer> weights) {
        return IntStream.range(0, weights.size()).mapToObj(i -> Offered.weighing("i" + i, weights.get(i))).toList();
    }

    /** The largest deviation of any instance from its share, over all windows of consecutive picks. */
    private static double largestDeviation(List<String> picks, List<Integer> weights, int window) {
        double sum = weights.stream().mapToInt(Integer::intValue).sum();
        double largest = 0;
        for (int i = 0; i < weights.size(); i++) {
            String name = "i" + i;
            int seen = 0;
            for (int last = 0; last < picks.size(); last++) {
                seen += picks.get(last).equals(name) ? 1 : 0;
                seen -= last >= window && picks.get(last - window).equals(name) ? 1 : 0;
                if (last >= window - 1) {
                    largest = Math.max(largest, Math.abs(seen - window * weights.get(i) / sum));
                }
            }
        }
        return largest;
    }

    @Test
    void shouldSpreadPicksEvenly() {
        List<String> picks = picks(List.of(Offered.weighing("a", 3), Offered.weighing("b", 1)), 8);

        assertThat(picks).containsExactly("a", "a", "b", "a", "a", "a", "b", "a");
    }

    @Test
    void shouldTryTheOthersByWeightWhenTheFirstFails() {
        List<Candidate> candidates = List.of(Offered.weighing("light", 1), Offered.weighing("heavy", 60), Offered.weighing("middle", 30));

        assertThat(order(weighted, candidates)).containsExactly("heavy", "middle", "light");
    }

    @Test
    void shouldPickWeightZeroOnlyWhenNothingElseIsLeft() {
        Candidate spare = Offered.weighing("spare", 0);

        assertThat(picks(List.of(spare, Offered.weighing("a", 1)), 50)).doesNotContain("spare");
        assertThat(order(weighted, List.of(spare, Offered.weighing("a", 1)))).containsExactly("a", "spare");
        assertThat(first(weighted, List.of(spare))).isEqualTo("spare");
    }

    @Test
    void shouldFollowNewWeightsAtOnce() {
        picks(List.of(Offered.weighing("a", 1000), Offered.weighing("b", 1), Offered.weighing("c", 1)), 500);

        List<String> picks = picks(List.of(Offered.weighing("a", 1), Offered.weighing("b", 1), Offered.weighing("c", 2)), 8);

        assertThat(Collections.frequency(picks, "c")).isEqualTo(4);
        assertThat(Collections.frequency(picks, "a")).isEqualTo(2);
    }

    @Test
    void shouldDistributeTheRestWhileOneIsUnavailable() {
        Candidate a = Offered.weighing("a", 50);
        Candidate b = Offered.weighing("b", 25);
        Candidate c = Offered.weighing("c", 25);
        picks(List.of(a, b, c), 3);

        List<String> picks = picks(List.of(b, c), 100);

        assertThat(Collections.frequency(picks, "b")).isBetween(49, 51);
    }

    private List<String> picks(List<Candidate> candidates, int count) {
        return picks(weighted, candidates, count);
    }

    private static List<String> picks(Weighted weighted, List<Candidate> candidates, int count) {
        return new ArrayList<>(Stream.generate(() -> first(weighted, candidates)).limit(count).toList());
    }
}
