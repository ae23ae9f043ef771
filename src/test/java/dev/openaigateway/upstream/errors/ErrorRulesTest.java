package dev.openaigateway.upstream.errors;

import dev.openaigateway.openai.UpstreamError;
import dev.openaigateway.routing.outcome.FailureReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

/** Errors as providers word them, with the reason that they give; none if the request itself is at fault. */
class ErrorRulesTest {

    private static final RequestedModel ASKED = RequestedModel.of("m", "m-of-upstream");

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "402 | ",
        "402 | {\"error\":{\"message\":\"Insufficient Balance\",\"type\":\"unknown_error\",\"param\":null,\"code\":\"invalid_request_error\"}}",
        "400 | {\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"Your credit balance is too low to access the Anthropic API.\"}}",
        "400 | {\"error\":{\"message\":\"litellm.BadRequestError: AnthropicException - Your credit balance is too low to access the API.\",\"code\":\"400\"}}",
        "429 | {\"error\":{\"message\":\"You exceeded your current quota\",\"type\":\"insufficient_quota\",\"param\":null,\"code\":\"insufficient_quota\"}}",
        "429 | {\"error\":{\"message\":\"x\",\"type\":\"insufficient_quota\"}}",
        "429 | {\"error\":{\"message\":\"Your account is suspended\",\"type\":\"exceeded_current_quota_error\"}}",
        "403 | {\"error\":{\"message\":\"Your team is out of credits\",\"code\":\"x\"}}",
        "403 | {\"error\":\"Your team 7a1 has either used all available credits or reached its monthly spending limit.\",\"code\":\"x\"}",
        "400 | {\"error\":{\"message\":\"Access denied\",\"code\":\"Arrearage\"}}",
        "0   | {\"error\":{\"message\":\"Insufficient credits. Add more.\",\"code\":\"\"}}"})
    void shouldRecogniseAnEmptyAccount(int status, String body) {
        assertThat(verdict(status, body)).isEqualTo(Verdicts.of(FailureReason.OUT_OF_CREDIT));
    }

    /** The client's text is in these messages, quoted or not. */
    @ParameterizedTest
    @ValueSource(strings = {
        "Invalid value: 'credit balance is too low'",
        "messages.0.content doesn't match schema: input_value='my card says insufficient balance', input_type=str",
        "Template error: can't render {{ 'insufficient balance' }}",
        "Failed to parse tool call arguments: {note: insufficient balance}",
        "Invalid URL: https://x.example/insufficient credit.png",
        "Invalid value: api key not valid, request too large, m is not a valid model ID"})
    void shouldNotTakeTheClientsTextForTheUpstreams(String message) {
        assertThat(verdict(400, "{\"error\":{\"message\":\"" + message + "\",\"type\":\"BadRequestError\",\"param\":null,\"code\":400}}")).isEqualTo(Verdict.REQUEST_FAULT);
    }

    /** The client has named its model so that the message, which begins with the name, seems to speak of something else. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "insufficient credits | 400 | insufficient credits is not a valid model ID | NOT_FOUND",
        "API key not valid    | 400 | 'API key not valid' is not a valid model ID  | NOT_FOUND",
        "Insufficient Balance | 403 | insufficient balance: no such model          | NOT_FOUND",
        "x error: not enough credit | 400 | ValueError: not enough credit | ",
        "error: out of credit | 0   | Error: Out of credit                         | SERVER_ERROR",
        "m                    | 400 | Insufficient credits for m                   | OUT_OF_CREDIT"})
    void shouldNotBelieveTheNameOfTheModel(String model, int status, String message, FailureReason reason) {
        UpstreamError error = error("{\"error\":{\"message\":\"" + message + "\",\"code\":400}}");

        assertThat(verdict(status, error, RequestedModel.of(model, "d"))).isEqualTo(Verdicts.of(reason));
        assertThat(verdict(status, error, RequestedModel.of("alias", model))).isEqualTo(Verdicts.of(reason));
    }

    @ParameterizedTest
    @ValueSource(strings = {"error: ", "a.b.Exception - ", "error", "x"})
    void shouldReadAMessageOfAnyLength(String part) {
        assertThat(verdict(400, "{\"error\":{\"message\":\"" + part.repeat(100_000) + "\"}}")).isEqualTo(Verdict.REQUEST_FAULT);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "429 | RATE_LIMITED | {\"error\":{\"message\":\"You exceeded your current quota, please check your plan\",\"code\":429,\"status\":\"RESOURCE_EXHAUSTED\"}}",
        "429 | RATE_LIMITED | {\"error\":{\"message\":\"Rate limit reached\",\"type\":\"tokens\",\"code\":\"rate_limit_exceeded\"}}",
        "429 | RATE_LIMITED | {\"error\":{\"message\":\"Rate limit reached for gpt-4o on tokens per min (TPM): Limit 30000, Used 29000, Requested 5000.\"}}",
        "400 |              | {\"error\":{\"message\":\"insufficient balance is no tool\",\"param\":\"tool_choice\"}}",
        "500 | SERVER_ERROR | {\"error\":{\"message\":\"insufficient balance\"}}",
        "401 | BAD_KEY      | {\"error\":{\"message\":\"Incorrect API key provided\",\"code\":\"invalid_api_key\"}}"})
    void shouldLeaveOtherErrorsAlone(int status, FailureReason reason, String body) {
        assertThat(verdict(status, body)).isEqualTo(Verdicts.of(reason));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "402 | {\"error\":{\"message\":\"This request requires more credits, or fewer max_tokens. You requested up to 64000 tokens, but can only afford 3000\",\"code\":402}}",
        "402 | {\"error\":{\"message\":\"Prompt tokens limit exceeded: 30000 > 2000.\",\"code\":402}}",
        "413 | {\"error\":{\"message\":\"Request too large for model\",\"type\":\"tokens\",\"code\":\"rate_limit_exceeded\"}}",
        "429 | {\"error\":{\"message\":\"Request too large for gpt-4o in organization org-x on tokens per min (TPM): Limit 30000, Requested 50000.\",\"type\":\"tokens\",\"code\":\"rate_limit_exceeded\"}}",
        "429 | {\"error\":{\"message\":\"Rate limit reached for gpt-4o in organization org-x on tokens per min (TPM): Limit 30000, Used 5, Requested 50000.\",\"type\":\"tokens\"}}"})
    void shouldRecogniseARequestBeyondALimit(int status, String body) {
        assertThat(verdict(status, body)).isEqualTo(Verdicts.of(FailureReason.TOO_LARGE));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "403 | NOT_FOUND    | {\"error\":{\"message\":\"Project `proj_x` does not have access to model `m`\",\"type\":\"invalid_request_error\",\"code\":\"model_not_found\"}}",
        "403 | NOT_FOUND    | {\"message\":\"You don't have access to the model with the specified model ID.\"}",
        "410 | NOT_FOUND    | {\"error\":{\"message\":\"The model was deprecated.\",\"code\":\"ModelDeprecated\"}}",
        "400 | NOT_FOUND    | {\"error\":{\"message\":\"The model `m` has been decommissioned.\",\"type\":\"invalid_request_error\",\"code\":\"model_decommissioned\"}}",
        "400 | NOT_FOUND    | {\"error\":{\"message\":\"Invalid model name passed in model=m\",\"type\":\"invalid_request_error\",\"code\":\"model_not_found\",\"param\":\"model\"}}",
        "400 | NOT_FOUND    | {\"error\":{\"message\":\"m is not a valid model ID\",\"code\":400}}",
        "400 | NOT_FOUND    | {\"error\":{\"code\":\"OperationNotSupported\",\"message\":\"The chatCompletion operation does not work with the specified model.\"}}",
        "400 | BAD_KEY      | {\"error\":{\"code\":400,\"message\":\"API key not valid. Please pass a valid API key.\",\"status\":\"INVALID_ARGUMENT\"}}",
        "400 | BAD_KEY      | [{\"error\":{\"code\":400,\"message\":\"No.\",\"status\":\"INVALID_ARGUMENT\",\"details\":[{\"reason\":\"API_KEY_INVALID\"}]}}]",
        "400 | SERVER_ERROR | {\"error\":{\"message\":\"Engine is overloaded\",\"type\":\"engine_overloaded_error\"}}",
        "424 | CONFLICT     | {\"error\":{\"code\":\"424\",\"message\":\"failed dependency\"}}",
        "424 |              | {\"error\":{\"code\":\"http_error\",\"type\":\"external_connector_error\",\"message\":\"Error retrieving tool list from MCP server.\"}}",
        "503 | SERVER_ERROR | {\"error\":{\"code\":\"model_not_found\",\"message\":\"No available channel for model m under group default (distributor)\",\"type\":\"new_api_error\"}}",
        "500 | SERVER_ERROR | {\"error\":{\"message\":\"no\",\"type\":\"authentication_error\"}}",
        "302 | MALFORMED    | {\"error\":{\"message\":\"no\",\"code\":\"model_not_found\"}}",
        "503 | OUT_OF_CREDIT | {\"error\":{\"message\":\"no\",\"code\":\"insufficient_quota\"}}",
        "498 | CONFLICT     | {\"error\":{\"message\":\"capacity\"}}",
        "400 |              | {\"error\":{\"message\":\"no\"}}",
        "410 |              | {\"error\":{\"message\":\"no\"}}"})
    void shouldReadTheCodeBeforeTheStatus(int status, FailureReason reason, String body) {
        assertThat(verdict(status, body)).isEqualTo(Verdicts.of(reason));
    }

    /** A key that is refused for one model serves others. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "gpt-5   | Your organization must be verified to use the model `gpt-5`. Please go to: https://x | NOT_FOUND",
        "m       | Your organization must be verified to use the model `m`. | NOT_FOUND",
        "m       | The model `m` is blocked at the project level. | NOT_FOUND",
        "m       | No access to model: m | NOT_FOUND",
        "o1      | No access to model: o1. | NOT_FOUND",
        "gpt-5   | Access to openai/GPT-5 is denied. | NOT_FOUND",
        "gpt-5   | You may use gpt-5-mini and gpt-5.1 only. | BAD_KEY",
        "m       | I'm sorry, your key is disabled. | BAD_KEY",
        "key     | Your key is disabled. | BAD_KEY",
        "gpt-5   | Country, region, or territory not supported | BAD_KEY"})
    void shouldTakeARefusalThatNamesTheModelForOneOfTheModel(String model, String message, FailureReason reason) {
        UpstreamError error = error("{\"error\":{\"message\":\"" + message + "\",\"code\":null}}");

        assertThat(verdict(403, error, RequestedModel.of(model, model))).isEqualTo(Verdicts.of(reason));
        assertThat(verdict(403, error, RequestedModel.of("alias-of-it", model))).as("as a deployment").isEqualTo(Verdicts.of(reason));
        assertThat(verdict(401, error, RequestedModel.of(model, model))).isEqualTo(Verdicts.of(FailureReason.BAD_KEY));
    }

    /** Clients get the error of a model that is gone with its status. */
    @ParameterizedTest
    @ValueSource(strings = {"\"code\":\"model_not_available\"", "\"code\":\"ModelDeprecated\"", "\"type\":\"Model_Decommissioned\"",
        "\"code\":\"1\",\"type\":\"model_not_found\"", "\"code\":404",
        "\"details\":[{\"reason\":\"MODEL_NOT_FOUND\"}]", "\"code\":\"x\",\"type\":\"y\",\"details\":[{},{\"reason\":\"model_not_found\"}]"})
    void shouldKnowTheStatusOfAMissingModelUnderAStatusOfSuccess(String members) {
        UpstreamError error = error("{\"error\":{\"message\":\"x\"," + members + "}}");

        assertThat(ImpliedStatus.of(error)).isEqualTo(404);
        assertThat(verdict(404, error, ASKED)).isEqualTo(Verdicts.of(FailureReason.NOT_FOUND));
    }

    @Test
    void shouldNotTakeThePageOfAFirewallForARefusedKey() {
        assertThat(ofPage(403)).isEqualTo(Verdicts.of(FailureReason.SERVER_ERROR));
        assertThat(ofPage(401)).isEqualTo(Verdicts.of(FailureReason.BAD_KEY));
    }

    private static Verdict verdict(int status, String body) {
        return verdict(status, error(body), ASKED);
    }

    private static Verdict verdict(int status, UpstreamError error, RequestedModel asked) {
        return ErrorRules.verdict(ErrorContext.of(status, error, asked, false, false));
    }

    private static Verdict ofPage(int status) {
        return ErrorRules.verdict(ErrorContext.of(status, error("<html>"), ASKED, true, false));
    }

    private static UpstreamError error(String body) {
        return UpstreamError.read((body == null ? "" : body).getBytes(StandardCharsets.UTF_8));
    }
}
