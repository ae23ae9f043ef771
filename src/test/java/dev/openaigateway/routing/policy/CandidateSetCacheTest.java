package dev.openaigateway.routing.policy;

import dev.openaigateway.routing.Candidate;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import static dev.openaigateway.routing.policy.Offered.weighing;
import static org.assertj.core.api.Assertions.assertThat;

class CandidateSetCacheTest {

    private final CandidateSetCache<Integer> cache = new CandidateSetCache<>();
    private final AtomicInteger made = new AtomicInteger();

    private int of(String model, List<Candidate> candidates) {
        return cache.of(model, candidates, made::incrementAndGet);
    }

    @Test
    void shouldKeepOneValueForEqualSetsInOtherLists() {
        List<Candidate> fixed = List.of(weighing("a", 1), weighing("b", 1));

        assertThat(List.of(of("gpt-4o", fixed), of("gpt-4o", fixed), of("gpt-4o", new ArrayList<>(fixed)),
                of("gpt-4o", List.of(weighing("a", 1), weighing("b", 1))))).containsOnly(1);
    }

    @Test
    void shouldKeepAnotherValueForAnotherModelOrWeight() {
        List<Candidate> fixed = List.of(weighing("a", 1), weighing("b", 1));

        assertThat(List.of(of("gpt-4o", fixed), of("gpt-5", fixed), of("gpt-4o", List.of(weighing("a", 1), weighing("b", 2))), of("gpt-4o", fixed)))
                .containsExactly(1, 2, 3, 1);
    }

    @Test
    void shouldNoticeThatAListHasChanged() {
        List<Candidate> changing = new ArrayList<>(List.of(weighing("a", 1), weighing("b", 1)));
        int before = of("gpt-4o", changing);
        changing.remove(0);

        assertThat(of("gpt-4o", changing)).isNotEqualTo(before);
    }
}
