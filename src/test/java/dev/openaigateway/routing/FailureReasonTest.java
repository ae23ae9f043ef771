package dev.openaigateway.routing;

import dev.openaigateway.routing.outcome.FailureReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

class FailureReasonTest {

    @Test
    void shouldReportEachTimeoutByOneWord() {
        assertThat(FailureReason.LONG_TIMEOUT.kind()).isEqualTo(FailureReason.TIMEOUT.kind()).isEqualTo("timeout");
        assertThat(FailureReason.LONG_TIMEOUT.countsForBreaker()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void shouldBeADocumentedWordInLowerCase(FailureReason reason) throws IOException {
        assertThat(reason.kind()).matches("[a-z_]+");
        assertThat(Files.readString(Path.of("docs/metrics.md"))).contains("`" + reason.kind() + "`");
    }
}
