package dev.openaigateway.upstream.errors;

import dev.openaigateway.openai.UpstreamError;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Messages of a status that is about something else. */
class StreamOptionsErrorsTest {

    @ParameterizedTest
    @ValueSource(strings = {
        "unexpected keyword argument 'stream_options'",
        "Completions.create() got an unexpected keyword argument 'stream_options'",
        "stream_options is not supported",
        "The parameter `stream_options` is currently not supported by this model.",
        "stream_options not allowed",
        "Unrecognized request argument supplied: stream_options",
        "Unknown parameter: 'stream_options.include_usage'.",
        "Unsupported parameter(s): `stream_options`",
        "Invalid JSON payload received. Unknown name \"streamOptions\": Cannot find field.",
        "body.stream_options: Extra inputs are not permitted",
        "Additional properties are not allowed ('stream_options' was unexpected)",
        "json: unknown field \"stream_options\"",
        "include_usage: extra_forbidden"})
    void shouldRecogniseThatTheParameterIsRefused(String message) {
        assertThat(StreamOptionsErrors.matchAnyStatus(error(message))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "Unexpected error while processing {'model': 'm', 'stream': True, 'stream_options': {'include_usage': True}}",
        "Internal error. Unknown: {\"stream_options\":{\"include_usage\":true},\"model\":\"m\"}",
        "unexpected: stream_options={'include_usage': True}",
        "Unexpected failure, include_usage=True, worker 3 forbidden",
        "worker failed at {stream_options: {}}; invalid state",
        "Unexpected EOF. Request: stream_options"})
    void shouldNotTakeAQuotationOfTheRequestForARefusal(String message) {
        assertThat(StreamOptionsErrors.matchAnyStatus(error(message))).isFalse();
    }

    private static UpstreamError error(String message) {
        return new UpstreamError(null, message, "", "", "");
    }
}
