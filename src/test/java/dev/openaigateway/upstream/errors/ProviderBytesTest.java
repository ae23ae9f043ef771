package dev.openaigateway.upstream.errors;

import dev.openaigateway.openai.UpstreamError;
import dev.openaigateway.routing.outcome.FailureReason;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

/** Errors as providers and proxies send them, byte for byte; no reason if the request itself is at fault. */
class ProviderBytesTest {

    private static final AskedModel ASKED = AskedModel.of("m", "m");

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "400 | {\"error\":{\"message\":\"{'error': '/chat/completions: Invalid model name passed in model=m. Call `/v1/models` to view available models for your key.'}\",\"type\":\"None\",\"param\":\"None\",\"code\":\"400\"}}",
        "400 | {\"error\":{\"message\":{\"error\":\"/chat/completions: Invalid model name passed in model=m. Call `/v1/models` to view available models for your key.\"},\"type\":\"None\",\"param\":\"None\",\"code\":\"400\"}}",
        "400 | {\"error\":{\"message\":\"400: {'error': 'Invalid model name passed in model=m'}\",\"type\":\"None\",\"param\":\"None\",\"code\":400}}",
        "400 | {\"object\":\"error\",\"message\":\"Invalid model: m\",\"type\":\"invalid_model\",\"param\":null,\"code\":\"1500\"}",
        "400 | {\"error\":{\"code\":\"unknown_model\",\"message\":\"Unknown model: m\",\"details\":\"Unknown model: m\"}}",
        "400 | {\"error\":{\"code\":\"unavailable_model\",\"message\":\"Unavailable model: m\",\"details\":\"Unavailable model: m\"}}",
        "400 | {\"error\":{\"message\":\"Your organization must be verified to stream this model. Please go to: https://x\",\"type\":\"invalid_request_error\",\"param\":\"stream\",\"code\":\"unsupported_value\"}}",
        "400 | {\"message\":\"The provided model identifier is invalid.\"}",
        "401 | {\"error\":{\"message\":\"key not allowed to access model. This key can only access models=['b']. Tried to access m\",\"type\":\"key_model_access_denied\",\"param\":\"model\",\"code\":\"401\"}}"})
    void shouldRecogniseAMissingModel(int status, String body) {
        assertThat(reason(status, body)).isEqualTo(FailureReason.NOT_FOUND);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "400 | {\"error\":{\"message\":\"Budget has been exceeded! Current cost: 26.075, Max budget: 0.25\",\"type\":\"budget_exceeded\",\"param\":null,\"code\":\"400\"}}",
        "400 | {\"error\":{\"message\":\"Budget has been exceeded! Current cost: 0.0010747, Max budget: 0.0\",\"type\":\"auth_error\",\"param\":null,\"code\":400}}",
        "429 | {\"error\":{\"message\":\"litellm.BudgetExceededError: ExceededBudget: User=u over budget. Spend=20.1, Budget=20\",\"type\":\"budget_exceeded\",\"param\":\"None\",\"code\":\"429\"}}",
        "412 | {\"error\":{\"message\":\"Account acme is suspended, possibly due to reaching the monthly spending limit or failure to pay past invoices. Please go to https://x.\",\"param\":null,\"code\":\"PRECONDITION_FAILED\",\"type\":\"error\"},\"request_id\":\"x\"}",
        "400 | {\"error\":{\"message\":\"litellm.BadRequestError: AnthropicException - {\\\"type\\\":\\\"error\\\",\\\"error\\\":{\\\"type\\\":\\\"invalid_request_error\\\",\\\"message\\\":\\\"Your credit balance is too low to access the Anthropic API.\\\"}}. Received Model Group=m\\nAvailable Model Group Fallbacks=None\",\"type\":null,\"param\":null,\"code\":\"400\"}}",
        "400 | {\"error\":{\"message\":\"litellm.BadRequestError: AnthropicException - b'{\\\"type\\\":\\\"error\\\",\\\"error\\\":{\\\"type\\\":\\\"invalid_request_error\\\",\\\"message\\\":\\\"Your credit balance is too low, we\\\\\\\\'re sorry.\\\"}}'\",\"type\":\"None\",\"param\":\"None\",\"code\":\"400\"}}",
        "400 | {\"error\":{\"message\":\"litellm.RateLimitError: RateLimitError: OpenAIException - Error code: 429 - {'error': {'message': 'You exceeded your current quota', 'type': 'insufficient_quota', 'param': None, 'code': 'insufficient_quota'}}\",\"type\":\"None\",\"param\":\"None\",\"code\":\"400\"}}",
        "403 | {\"code\":30001,\"message\":\"Sorry, your account balance is insufficient\",\"data\":null}",
        "400 | {\"detail\":\"Insufficient balance\"}",
        "400 | {\"error\":{\"message\":\"Request failed: insufficient credits\",\"type\":\"invalid_request_error\",\"code\":null,\"param\":null}}"})
    void shouldRecogniseAnEmptyAccount(int status, String body) {
        assertThat(reason(status, body)).isEqualTo(FailureReason.OUT_OF_CREDIT);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "400 | {\"code\":\"Client specified an invalid argument\",\"error\":\"Incorrect API key provided: sk***gA. You can obtain an API key from https://console.x.ai.\"}",
        "400 | [{\"error\":{\"code\":400,\"message\":\"API Key not found. Please pass a valid API key.\",\"status\":\"INVALID_ARGUMENT\"}}]",
        "400 | {\"error\":{\"message\":\"litellm.APIError: VertexAIException BadRequestError - b'{\\\\n  \\\"error\\\": {\\\\n    \\\"code\\\": 400,\\\\n    \\\"message\\\": \\\"API key not valid. Please pass a valid API key.\\\"\\\\n  }\\\\n}\\\\n'\",\"type\":\"None\",\"param\":\"None\",\"code\":\"400\"}}"})
    void shouldRecogniseARefusedKey(int status, String body) {
        assertThat(reason(status, body)).isEqualTo(FailureReason.BAD_KEY);
    }

    /** The objects are the client's own, as these messages quote them. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "400 | {\"error\":{\"message\":\"{'error': 'insufficient credits'} is not of type 'array'\",\"param\":\"None\",\"code\":400}}",
        "400 | {\"error\":{\"message\":\"{'error': {'code': 'insufficient_quota'}} is not valid under any of the given schemas\",\"code\":400}}",
        "400 | {\"error\":{\"message\":\"ValueError: {'error': 'insufficient credits'}\",\"code\":400}}",
        "400 | {\"error\":{\"message\":\"litellm.BadRequestError: OpenAIException - {'error': 'insufficient credits'} is no tool\",\"code\":\"400\"}}",
        "400 | {\"error\":{\"message\":\"{'error': \",\"code\":\"None\"}}",
        "400 | {\"error\":{\"message\":\"ExceededBudget: End User=bob over budget. Spend=2, Budget=1\",\"type\":\"budget_exceeded\",\"code\":\"400\"}}",
        "400 | {\"error\":{\"message\":{\"a\":1},\"code\":400}}",
        "400 | {\"error\":{\"message\":\"{'error': {'message': 'bad temperature'}}\",\"code\":400}}"})
    void shouldLeaveTheRequestsOwnErrors(int status, String body) {
        assertThat(reason(status, body)).isNull();
    }

    private static FailureReason reason(int status, String body) {
        UpstreamError error = WrappedErrors.unwrap(UpstreamError.read(body.getBytes(StandardCharsets.UTF_8)));
        return ErrorRules.reason(status, error, ASKED, false, false);
    }
}
