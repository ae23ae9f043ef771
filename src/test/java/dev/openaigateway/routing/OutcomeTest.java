package dev.openaigateway.routing;

import dev.openaigateway.openai.Errors;
import dev.openaigateway.routing.outcome.FailureReason;
import dev.openaigateway.routing.outcome.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class OutcomeTest {

    private static final byte[] NONE = {};

    static Stream<Arguments> outcomes() {
        return Stream.of(
                arguments(new Outcome.Succeeded(200), "ok", "responded", true),
                arguments(new Outcome.Failed(FailureReason.CONFLICT, "later"), "conflict", "could not accept the request: later", false),
                arguments(new Outcome.Rejected(400, NONE, null, null), "refused", "refused the request", false),
                arguments(new Outcome.WithoutAddition(400), "refused_addition", "refused a parameter that the gateway had added", false),
                arguments(new Outcome.Missing(404, NONE), "missing", "does not have what the request refers to", false),
                arguments(new Outcome.Refused(Errors.stopping().exception()), "refused", "refused the request", false),
                arguments(new Outcome.Dropped(Errors.memoryFull().exception()), "dropped", "responded, but its response could not be passed on", false),
                arguments(new Outcome.NoRoom(Outcome.NoRoom.Limit.TOKENS, 1, null), "no_room", "has no room under its limit", false),
                arguments(new Outcome.BrokenOff(FailureReason.BROKEN), "broken_off", "broke off its response", true),
                arguments(new Outcome.Abandoned(), "client_gone", "the client left", true));
    }

    /** Otherwise a further one would get the words of a refusal in records and metrics: no compiler asks for others. */
    @Test
    void shouldAllBeHere() {
        assertThat(outcomes().<Class<?>>map(row -> row.get()[0].getClass()).toList()).containsExactlyInAnyOrder(Outcome.class.getPermittedSubclasses());
    }

    @ParameterizedTest
    @MethodSource("outcomes")
    void shouldHaveItsWords(Outcome outcome, String kind, String text, boolean served) throws IOException {
        assertThat(outcome.kind()).isEqualTo(kind);
        assertThat(outcome.text()).isEqualTo(text);
        assertThat(outcome.isServed()).isEqualTo(served);
        assertThat(Files.readString(Path.of("docs/metrics.md"))).contains("`" + kind + "`");
    }
}
