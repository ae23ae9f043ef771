package dev.openaigateway.server;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class FatalErrorsTest {

    private final List<Integer> exits = new ArrayList<>();
    private final FatalErrors errors = new FatalErrors(exits::add);

    @Test
    void shouldEndTheProcessWhenTheHeapRanOut() {
        errors.check(new IllegalStateException(new RuntimeException(new OutOfMemoryError("Java heap space"))));

        assertThat(exits).containsExactly(3);
    }

    @Test
    void shouldGoOnAfterWhatPassesWithTheLoad() {
        errors.check(null);
        errors.check(new IllegalStateException("a defect"));
        errors.check(new OutOfMemoryError("unable to create native thread: possibly out of memory or process/resource limits reached"));
        errors.check(new OutOfMemoryError("Cannot reserve 16777216 bytes of direct buffer memory"));
        errors.check(new StackOverflowError());

        assertThat(exits).isEmpty();
    }

    @Test
    void shouldEndTheProcessWhenALoopHasStopped() {
        errors.loopStopped();

        assertThat(exits).containsExactly(3);
    }
}
