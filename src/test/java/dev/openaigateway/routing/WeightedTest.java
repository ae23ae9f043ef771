package dev.openaigateway.routing;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static dev.openaigateway.routing.Offered.first;
import static dev.openaigateway.routing.Offered.order;
import static dev.openaigateway.routing.Offered.weighing;
import static org.assertj.core.api.Assertions.assertThat;

class WeightedTest {

    private final Weighted weighted = new Weighted();

    @Property(tries = 200)
    void shouldKeepAnyHundredPicksAtPercentages(@ForAll @Size(max = 5) List<@IntRange(min = 1, max = 20) Integer> parts) {
        List<Integer> percentages = new ArrayList<>(parts);
        percentages.add(100 - parts.stream().mapToInt(Integer::intValue).sum());

        assertThat(farthestOff(percentages)).isZero();
    }

    @Property(tries = 200)
    void shouldKeepAnyHundredPicksOfTwoWithinOneOfTheirWeights(
            @ForAll @IntRange(min = 1, max = 1000) int one, @ForAll @IntRange(min = 1, max = 1000) int other) {
        assertThat(farthestOff(List.of(one, other))).isLessThanOrEqualTo(1);
    }

    /** No order of picks keeps every hundred within one for every three weights, such as 1, 1 and 16. */
    @Property(tries = 200)
    void shouldKeepAnyHundredPicksWithinTwoOfAnyWeights(@ForAll @Size(min = 3, max = 6) List<@IntRange(min = 1, max = 100) Integer> weights) {
        assertThat(farthestOff(weights)).isLessThan(2);
    }

    /** How far the picks of one instance in any hundred in a row are from its share. */
    private static double farthestOff(List<Integer> weights) {
        List<Candidate> candidates = IntStream.range(0, weights.size()).mapToObj(i -> weighing("i" + i, weights.get(i))).toList();
        double sum = weights.stream().mapToInt(Integer::intValue).sum();
        List<String> picks = picks(new Weighted(), candidates, 300);
        double farthest = 0;
        for (int i = 0; i < weights.size(); i++) {
            for (int from = 0; from <= 200; from++) {
                int seen = Collections.frequency(picks.subList(from, from + 100), "i" + i);
                farthest = Math.max(farthest, Math.abs(seen - 100 * weights.get(i) / sum));
            }
        }
        return farthest;
    }

    @Test
    void shouldSpreadPicksEvenly() {
        List<String> picks = picks(List.of(weighing("a", 3), weighing("b", 1)), 8);

        assertThat(picks).containsExactly("a", "a", "b", "a", "a", "a", "b", "a");
    }

    @Test
    void shouldTryTheOthersByWeightWhenTheFirstFails() {
        List<Candidate> candidates = List.of(weighing("light", 1), weighing("heavy", 60), weighing("middle", 30));

        assertThat(order(weighted, candidates)).containsExactly("heavy", "middle", "light");
    }

    @Test
    void shouldPickWeightZeroOnlyWhenNothingElseIsLeft() {
        Candidate spare = weighing("spare", 0);

        assertThat(picks(List.of(spare, weighing("a", 1)), 50)).doesNotContain("spare");
        assertThat(order(weighted, List.of(spare, weighing("a", 1)))).containsExactly("a", "spare");
        assertThat(first(weighted, List.of(spare))).isEqualTo("spare");
    }

    @Test
    void shouldFollowNewWeightsAtOnce() {
        picks(List.of(weighing("a", 1000), weighing("b", 1), weighing("c", 1)), 500);

        List<String> picks = picks(List.of(weighing("a", 1), weighing("b", 1), weighing("c", 2)), 8);

        assertThat(Collections.frequency(picks, "c")).isEqualTo(4);
        assertThat(Collections.frequency(picks, "a")).isEqualTo(2);
    }

    @Test
    void shouldShareOutTheRestWhileOneIsAway() {
        Candidate a = weighing("a", 50);
        Candidate b = weighing("b", 25);
        Candidate c = weighing("c", 25);
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
