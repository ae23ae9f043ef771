package dev.openaigateway.tokenizer.prompt;

import org.junit.jupiter.api.Test;

import java.util.OptionalLong;

import static org.assertj.core.api.Assertions.assertThat;

class TokenEstimateTest {

    @Test
    void shouldRequestPromptAndEveryResponse() {
        assertThat(new TokenEstimate(100, 3, OptionalLong.of(50)).requested(1000)).isEqualTo(250);
        assertThat(new TokenEstimate(100, 3, OptionalLong.empty()).requested(1000)).isEqualTo(3100);
        assertThat(new TokenEstimate(100, 0, OptionalLong.empty()).requested(1000)).isEqualTo(100);
    }

    @Test
    void shouldClampOnlyTheDefault() {
        assertThat(new TokenEstimate(100, 1, OptionalLong.empty()).amountWithin(500, 1000)).isEqualTo(500);
        assertThat(new TokenEstimate(100, 1, OptionalLong.of(1000)).amountWithin(500, 1000)).isEqualTo(1100);
    }

    @Test
    void shouldTakeLessThanTheDefaultDownToATenthOfTheLimit() {
        assertThat(new TokenEstimate(100, 1, OptionalLong.empty()).leastWithin(500, 1000)).isEqualTo(150);
        assertThat(new TokenEstimate(100, 1, OptionalLong.empty()).leastWithin(50_000, 1000)).as("the default is less").isEqualTo(1100);
        assertThat(new TokenEstimate(480, 1, OptionalLong.empty()).leastWithin(500, 1000)).as("it fits an empty window").isEqualTo(500);
        assertThat(new TokenEstimate(600, 1, OptionalLong.empty()).leastWithin(500, 1000)).as("it never fits").isEqualTo(600);
        assertThat(new TokenEstimate(100, 1, OptionalLong.of(1000)).leastWithin(500, 1000)).as("the client's maximum").isEqualTo(1100);
    }

    @Test
    void shouldNotClampBelowThePrompt() {
        assertThat(new TokenEstimate(600, 1, OptionalLong.empty()).amountWithin(500, 1000)).isEqualTo(600);
    }

    @Test
    void shouldSurviveHostileNumbers() {
        assertThat(new TokenEstimate(1, 1_000_000_000L, OptionalLong.of(Long.MAX_VALUE)).requested(1)).isEqualTo(TokenEstimate.LARGEST);
        assertThat(new TokenEstimate(1, 1, OptionalLong.of(Long.MAX_VALUE)).amountWithin(100, 1)).isEqualTo(TokenEstimate.LARGEST);
        assertThat(new TokenEstimate(1, 0, OptionalLong.of(Long.MAX_VALUE)).requested(1)).isEqualTo(1);
        assertThat(new TokenEstimate(0, 1, OptionalLong.of(TokenEstimate.LARGEST - 1)).requested(1)).isEqualTo(TokenEstimate.LARGEST - 1);
        assertThat(Math.multiplyExact(1000, TokenEstimate.LARGEST)).as("many of them, in one window").isPositive();
    }
}
