package dev.openaigateway.upstream.errors;

import dev.openaigateway.fallback.FallbackTrigger;
import dev.openaigateway.openai.UpstreamError;
import dev.openaigateway.support.RefusalText;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

class RefusalErrorsTest {

    @ParameterizedTest
    @EnumSource(RefusalText.class)
    void shouldRecognise(RefusalText text) {
        assertThat(RefusalErrors.triggerOf(text.status, error(text.body))).isEqualTo(text.trigger);
        assertThat(RefusalErrors.triggerOf(UpstreamError.UNKNOWN_STATUS, error(text.body))).as("under status 200").isEqualTo(text.trigger);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 408, 409, 429})
    void shouldLeaveStatusesThatMeanSomethingElse(int status) {
        assertThat(RefusalErrors.triggerOf(status, error(RefusalText.OPENAI_LENGTH.body))).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            400 | {"error":{"message":"temperature must be at most 2","type":"invalid_request_error","code":null}}
            400 | {"error":{"message":"Invalid 'messages': the prompt is empty","type":"invalid_request_error","code":"invalid_value"}}
            500 | {"error":{"message":"worker failed while it read: prompt is too long","type":"server_error","code":null}}
            400 | no JSON at all
            """)
    void shouldLeaveOtherErrors(int status, String body) {
        assertThat(RefusalErrors.triggerOf(status, error(body))).isNull();
    }

    @ParameterizedTest
    @CsvSource({"context_length_exceeded, CONTEXT_LENGTH", "content_filter, CONTENT_FILTER"})
    void shouldTrustTheCodeOfAServerError(String code, FallbackTrigger trigger) {
        assertThat(RefusalErrors.triggerOf(500, error("{\"error\":{\"message\":\"x\",\"code\":\"" + code + "\"}}"))).isEqualTo(trigger);
    }

    private static UpstreamError error(String body) {
        return UpstreamError.read(body.getBytes(StandardCharsets.UTF_8));
    }
}
