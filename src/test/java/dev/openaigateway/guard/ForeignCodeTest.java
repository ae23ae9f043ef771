package dev.openaigateway.guard;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.util.ServiceConfigurationError;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ForeignCodeTest {

    static Stream<Error> contained() {
        return Stream.of(new NoSuchMethodError("x"), new AssertionError("x"), new StackOverflowError("x"), new ServiceConfigurationError("x"), new Error("x"),
                new InternalError("x"), new OutOfMemoryError("unable to create native thread: x"), new OutOfMemoryError("Cannot reserve 5 bytes of direct buffer memory"));
    }

    @ParameterizedTest
    @MethodSource("contained")
    void shouldTurnAnErrorIntoAnException(Error error) {
        assertThatThrownBy(() -> ForeignCode.run(() -> {
            throw error;
        })).isInstanceOf(ForeignCodeException.class).hasCause(error).hasMessageContaining(error.getMessage());
    }

    @Test
    void shouldLeaveExceptionsAndValuesAsTheyAre() throws IOException {
        assertThat(ForeignCode.call(() -> "value")).isEqualTo("value");
        assertThatThrownBy(() -> ForeignCode.run(() -> {
            throw new IOException("x");
        })).isInstanceOf(IOException.class);
    }

    @Test
    void shouldTellWhichLackOfMemoryConcernsTheProcess() {
        assertThat(ForeignCode.isHeapExhausted(new OutOfMemoryError("Java heap space"))).isTrue();
        assertThat(ForeignCode.isHeapExhausted(new OutOfMemoryError())).isTrue();
        assertThat(contained()).noneMatch(ForeignCode::isHeapExhausted);
    }

    @Test
    void shouldTellACallWithoutEnd() {
        assertThat(new ForeignCodeException(new StackOverflowError()).isTooDeep()).isTrue();
        assertThat(new ForeignCodeException(new Error()).isTooDeep()).isFalse();
    }
}
