package dev.openaigateway.api;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class SettlementsTest {

    @Test
    void shouldRunEachOnceWhateverTheOthersDo() {
        // given
        Call call = new Call(null, "id", Instant.EPOCH, 0, new Nowhere());
        List<String> ran = new ArrayList<>();
        call.onSettle(ended -> ran.add("first"));
        call.onSettle(ended -> {
            throw new IllegalStateException("a defect");
        });
        call.onSettle(ended -> ran.add("last"));

        // when
        call.settle();
        call.settle();

        // then
        assertThat(ran).containsExactly("first", "last");
    }
}
