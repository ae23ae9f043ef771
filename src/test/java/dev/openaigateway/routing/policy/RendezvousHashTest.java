package dev.openaigateway.routing.policy;

import dev.openaigateway.routing.Candidate;
import org.junit.jupiter.api.Test;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static dev.openaigateway.routing.policy.Offered.weighing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

class RendezvousHashTest {

    private static final int KEYS = 20_000;

    private final List<Candidate> candidates = List.of(weighing("a", 50), weighing("b", 30), weighing("c", 20), weighing("spare", 0));

    @Test
    void shouldGiveEachCandidateItsShareOfTheKeys() {
        Map<String, Integer> firsts = new HashMap<>();
        for (int i = 0; i < KEYS; i++) {
            firsts.merge(first(candidates, i), 1, Integer::sum);
        }

        assertThat(firsts.get("a")).isCloseTo(KEYS / 2, offset(KEYS / 50));
        assertThat(firsts.get("b")).isCloseTo(KEYS * 3 / 10, offset(KEYS / 50));
        assertThat(firsts.get("c")).isCloseTo(KEYS / 5, offset(KEYS / 50));
        assertThat(firsts).doesNotContainKey("spare");
    }

    @Test
    void shouldMoveOnlyTheKeysOfAMissingCandidate() {
        List<Candidate> without = List.of(candidates.get(2), candidates.get(0));
        for (int i = 0; i < 1000; i++) {
            String before = first(candidates, i);
            if (!before.equals("b")) {
                assertThat(first(without, i)).isEqualTo(before);
            }
        }
    }

    private static String first(List<Candidate> among, int key) {
        return RendezvousHash.order(among, RendezvousHash.hash("session-" + key)).get(0).instance().name();
    }
}
