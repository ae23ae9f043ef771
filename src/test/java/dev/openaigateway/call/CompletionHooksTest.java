package dev.openaigateway.call;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class CompletionHooksTest {

    @Test
    void shouldRunEachOnceWhateverTheOthersDo() {
        // given
        Call call = new Call(null, "id", Instant.EPOCH, 0, new DiscardingClientStream());
        List<String> ran = new ArrayList<>();
        call.onComplete(ended -> ran.add("first"));
        call.onComplete(ended -> {
            throw new IllegalStateException("a defect");
        });
        call.onComplete(ended -> ran.add("last"));

        // when
        call.complete();
        call.complete();

        // then
        assertThat(ran).containsExactly("first", "last");
    }
}
