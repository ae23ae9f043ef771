package dev.openaigateway.call;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

class CompletionHooksTest {

    static Stream<Runnable> broken() {
        return Stream.of(() -> {
            throw new IllegalStateException("a defect");
        }, () -> {
            throw new NoSuchMethodError("of another version");
        }, () -> {
            throw new ServiceConfigurationError("of a broken jar");
        });
    }

    @ParameterizedTest
    @MethodSource("broken")
    void shouldRunEachOnceWhateverTheOthersDo(Runnable broken) {
        // given
        Call call = new Call(null, "id", Instant.EPOCH, 0, new DiscardingClientStream());
        List<String> ran = new ArrayList<>();
        call.onComplete(ended -> ran.add("first"));
        call.onComplete(ended -> broken.run());
        call.onComplete(ended -> ran.add("last"));

        // when
        call.complete();
        call.complete();
        call.onComplete(ended -> ran.add("late"));

        // then
        assertThat(ran).containsExactly("first", "last", "late");
    }
}
