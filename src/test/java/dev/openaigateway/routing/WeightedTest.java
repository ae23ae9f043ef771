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
import static org.assertj.core.api.Assertions.within;

class WeightedTest {

    private final Weighted weighted = new Weighted();

    @Property(tries = 300)
    void shouldKeepAnyHundredPicksWithinOneOfTheWeights(@ForAll @Size(min = 1, max = 6) List<@IntRange(min = 1, max = 100) Integer> weights) {
        List<Candidate> candidates = IntStream.range(0, weights.size()).mapToObj(i -> weighing("i" + i, weights.get(i))).toList();
        double sum = weights.stream().mapToInt(Integer::intValue).sum();

        List<String> picks = picks(candidates, 400);

        for (int from = 0; from <= 300; from++) {
            List<String> hundred = picks.subList(from, from + 100);
            for (int i = 0; i < weights.size(); i++) {
                assertThat((double) Collections.frequency(hundred, "i" + i)).isCloseTo(100 * weights.get(i) / sum, within(1.0 + 1e-9));
            }
        }
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
        return new ArrayList<>(Stream.generate(() -> first(weighted, candidates)).limit(count).toList());
    }
}
