package dev.openaigateway.faults;

import dev.openaigateway.support.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

/** What an upstream does after the end of a stream. */
class StreamEndTest extends TwoInstances {

    private static final String DONE = "data: [DONE]\n\n";

    @Test
    void shouldEndAStreamAtDoneWhenTheBodyStaysOpen() {
        int before = first.aborts().size();
        first.enqueue(Reply.stream(event("a"), lastEvent(), DONE).stallAfter(3));

        assertThat(text(events())).isEqualTo(event("a") + lastEvent() + DONE);

        first.awaitAborted(before + 1);
        assertThat(instance(chat())).isEqualTo("first");
    }

    @Test
    void shouldPassOnNothingBehindDone() {
        first.enqueue(Reply.stream(event("a") + lastEvent() + DONE + event("late")),
                Reply.stream(event("a"), lastEvent(), DONE, event("late")).every(Duration.ofMillis(20)));

        for (int i = 0; i < 2; i++) {
            assertThat(text(events())).isEqualTo(event("a") + lastEvent() + DONE);
        }
    }

    @Test
    void shouldUseTheConnectionAgainAfterDone() {
        assertUsedAgain(Reply.stream(event("a"), lastEvent(), DONE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", ": bye\n\n"})
    void shouldUseTheConnectionAgainWhenALittleMoreComes(String rest) {
        assertUsedAgain(Reply.stream(event("a"), lastEvent(), DONE, rest));
    }

    private void assertUsedAgain(Reply reply) {
        for (int i = 0; i < 5; i++) {
            first.enqueue(reply);
            assertThat(text(events())).isEqualTo(event("a") + lastEvent() + DONE);
        }

        assertThat(first.requests().stream().skip(first.requests().size() - 5).map(request -> request.connection()).distinct()).hasSize(1);
    }
}
