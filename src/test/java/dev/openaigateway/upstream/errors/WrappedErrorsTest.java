package dev.openaigateway.upstream.errors;

import dev.openaigateway.openai.UpstreamError;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

class WrappedErrorsTest {

    private static final String INNER = "{\"error\":{\"message\":\"inner\"}}";

    private static String unwrapped(String message) {
        return WrappedErrors.unwrap(new UpstreamError(null, message, "", "", "")).message();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " '. ", "\t", " \n more", ". Received Model Group=x", "'.\nx"})
    void shouldReadTheInnerErrorInFrontOf(String end) {
        assertThat(unwrapped(INNER + end)).isEqualTo("inner");
    }

    @ParameterizedTest
    @ValueSource(strings = {" x", " ' . x", ".,"})
    void shouldTakeASentenceThatQuotesAnObjectForTheMessage(String end) {
        assertThat(unwrapped(INNER + end)).isEqualTo(INNER + end);
    }

    /** A pattern that tries each division of the blanks takes minutes. */
    @ParameterizedTest
    @ValueSource(strings = {" ", "\t", "\n"})
    void shouldReadManyBlanksOnce(String blank) {
        String message = INNER + blank.repeat(200_000) + "x";

        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> assertThat(unwrapped(message)).isEqualTo(blank.equals("\n") ? "inner" : message));
    }
}
