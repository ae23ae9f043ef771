package dev.openaigateway.routing;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class FailureReasonTest {

    @Test
    void shouldReportEachTimeoutByOneWord() {
        assertThat(FailureReason.LONG_TIMEOUT.kind()).isEqualTo(FailureReason.TIMEOUT.kind()).isEqualTo("timeout");
        assertThat(FailureReason.LONG_TIMEOUT.countsForBreaker()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void shouldBeAWordInLowerCase(FailureReason reason) {
        assertThat(reason.kind()).matches("[a-z_]+");
    }
}
