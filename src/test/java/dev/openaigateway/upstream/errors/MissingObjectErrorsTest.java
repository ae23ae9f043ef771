package dev.openaigateway.upstream.errors;

import dev.openaigateway.openai.UpstreamError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

class MissingObjectErrorsTest {

    @Test
    void shouldReadWhatTheMessageSays() {
        assertThat(MissingObjectErrors.match(404, error("invalid_value"), false)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"model_not_found", "DeploymentNotFound", "model_decommissioned", "unknown_model", "key_model_access_denied"})
    void shouldTrustACodeOfModelsMoreThanTheMessage(String code) {
        assertThat(MissingObjectErrors.match(404, error(code), false)).isFalse();
    }

    private static UpstreamError error(String code) {
        return UpstreamError.read(("{\"error\":{\"message\":\"It does not exist for this prompt\",\"code\":\"" + code + "\"}}").getBytes(StandardCharsets.UTF_8));
    }
}
