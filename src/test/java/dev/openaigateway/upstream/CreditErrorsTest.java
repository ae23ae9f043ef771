package dev.openaigateway.upstream;

import dev.openaigateway.openai.UpstreamError;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

class CreditErrorsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "402 | ",
        "402 | {\"error\":{\"message\":\"Insufficient Balance\",\"type\":\"unknown_error\",\"param\":null,\"code\":\"invalid_request_error\"}}",
        "400 | {\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"Your credit balance is too low to access the Anthropic API.\"}}",
        "429 | {\"error\":{\"message\":\"You exceeded your current quota\",\"type\":\"insufficient_quota\",\"param\":null,\"code\":\"insufficient_quota\"}}",
        "429 | {\"error\":{\"message\":\"x\",\"type\":\"insufficient_quota\"}}",
        "429 | {\"error\":{\"message\":\"Your account is suspended\",\"type\":\"exceeded_current_quota_error\"}}",
        "403 | {\"error\":{\"message\":\"Your team is out of credits\",\"code\":\"x\"}}",
        "400 | {\"error\":{\"message\":\"Access denied\",\"code\":\"Arrearage\"}}",
        "0   | {\"error\":{\"message\":\"Insufficient credits. Add more.\",\"code\":\"\"}}"})
    void shouldRecogniseAnEmptyAccount(int status, String body) {
        assertThat(CreditErrors.match(status, error(body))).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "429 | {\"error\":{\"message\":\"You exceeded your current quota, please check your plan and billing details\",\"code\":429,\"status\":\"RESOURCE_EXHAUSTED\"}}",
        "429 | {\"error\":{\"message\":\"Rate limit reached\",\"type\":\"tokens\",\"code\":\"rate_limit_exceeded\"}}",
        "400 | {\"error\":{\"message\":\"Invalid value: 'credit balance is too low'\",\"type\":\"invalid_request_error\"}}",
        "400 | {\"error\":{\"message\":\"insufficient balance is no tool\",\"param\":\"tool_choice\"}}",
        "500 | {\"error\":{\"message\":\"insufficient balance\"}}",
        "401 | {\"error\":{\"message\":\"Incorrect API key provided\",\"code\":\"invalid_api_key\"}}"})
    void shouldLeaveOtherErrorsAlone(int status, String body) {
        assertThat(CreditErrors.match(status, error(body))).isFalse();
    }

    private static UpstreamError error(String body) {
        return UpstreamError.read((body == null ? "" : body).getBytes(StandardCharsets.UTF_8));
    }
}
