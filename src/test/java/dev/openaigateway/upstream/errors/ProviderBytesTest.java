package dev.openaigateway.upstream.errors;

import dev.openaigateway.openai.UpstreamError;
import dev.openaigateway.routing.outcome.FailureReason;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

/** Errors as providers and proxies send them, byte for byte; no reason if the request itself is at fault. */
class ProviderBytesTest {

    private static final RequestedModel ASKED = RequestedModel.of("m", "m");

    @ParameterizedTest
    @CsvFileSource(resources = "/upstream/provider-errors.txt", delimiter = '|', quoteCharacter = '~', maxCharsPerColumn = 10_000)
    void shouldGiveTheReason(int status, FailureReason reason, String body) {
        UpstreamError error = UpstreamError.read(body.getBytes(StandardCharsets.UTF_8));

        assertThat(ErrorRules.verdict(ErrorContext.of(status, error, ASKED, false, false))).isEqualTo(Verdicts.of(reason));
    }
}
