package dev.openaigateway.routing;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TrustedFirstTest {

    private final List<Candidate> candidates = IntStream.range(0, 5).mapToObj(priority -> new Candidate(null, priority, 1, null)).toList();
    private final List<Integer> asked = new ArrayList<>();

    private List<Integer> order(List<Integer> doubtful) {
        List<Integer> order = new ArrayList<>();
        trustedFirst(candidates, doubtful).forEachRemaining(candidate -> order.add(candidate.priority()));
        return order;
    }

    private TrustedFirst trustedFirst(List<Candidate> ordered, List<Integer> doubtful) {
        return new TrustedFirst(ordered, candidate -> {
            asked.add(candidate.priority());
            return doubtful.contains(candidate.priority());
        });
    }

    @Test
    void shouldPutDoubtfulCandidatesLastAndKeepTheOrderOtherwise() {
        assertThat(order(List.of())).containsExactly(0, 1, 2, 3, 4);
        assertThat(order(List.of(0, 3))).containsExactly(1, 2, 4, 0, 3);
        assertThat(order(List.of(4))).containsExactly(0, 1, 2, 3, 4);
        assertThat(order(List.of(0, 1, 2, 3, 4))).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void shouldLookAtNoCandidateBeforeItsTurn() {
        trustedFirst(candidates, List.of(0)).next();

        assertThat(asked).containsExactly(0, 1);
    }

    @Test
    void shouldNotLookAtTheOnlyCandidate() {
        assertThat(trustedFirst(candidates.subList(0, 1), List.of(0)).next().priority()).isZero();
        assertThat(asked).isEmpty();
    }

    @Test
    void shouldEndAfterTheLastCandidate() {
        TrustedFirst none = trustedFirst(List.of(), List.of());

        assertThat(none.hasNext()).isFalse();
        assertThatThrownBy(none::next).isInstanceOf(NoSuchElementException.class);
    }
}
