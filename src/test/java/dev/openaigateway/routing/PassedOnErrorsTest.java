package dev.openaigateway.routing;

import dev.openaigateway.support.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** What a client gets of an error that one instance or all of them send for its request. */
class PassedOnErrorsTest extends SharedUpstreams {

    @ParameterizedTest
    @CsvSource({"model_not_available, 404", "model_decommissioned, 404", "ModelDeprecated, 404", "OperationNotSupported, 404", "model_not_found, 404",
        "engine_overloaded, 503", "insufficient_balance, 429"})
    void shouldSendAnErrorThatCameWithAStatusOfSuccessWithThatOfItsCode(String code, int status) {
        String gone = "{\"error\":{\"message\":\"The model is gone\",\"type\":\"api_error\",\"code\":\"" + code + "\"}}";
        upstreams.allRespond(Reply.json(200, gone));
        HttpResponse<String> whole = upstreams.chat();
        upstreams.allRespond(Reply.stream("data: " + gone + "\n\n"));
        HttpResponse<String> stream = upstreams.gateway.post("/v1/chat/completions", "{\"model\":\"gpt-4o\",\"stream\":true,\"messages\":[]}");

        assertThat(whole.statusCode()).isEqualTo(status);
        assertThat(whole.body()).contains("\"error\"");
        assertThat(stream.statusCode()).isEqualTo(status);
        assertThat(stream.body()).contains("\"error\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "400 | {\"error\":{\"message\":\"{'error': '/chat/completions: Invalid model name passed in model=gpt-4o.'}\",\"type\":\"None\",\"param\":\"None\",\"code\":\"400\"}}",
        "400 | {\"object\":\"error\",\"message\":\"Invalid model: gpt-4o\",\"type\":\"invalid_model\",\"param\":null,\"code\":\"1500\"}",
        "400 | {\"code\":\"Client specified an invalid argument\",\"error\":\"Incorrect API key provided: sk***gA.\"}",
        "412 | {\"error\":{\"message\":\"Account acme is suspended, possibly due to failure to pay past invoices.\",\"code\":\"PRECONDITION_FAILED\"}}",
        "400 | {\"error\":{\"message\":\"litellm.BadRequestError: AnthropicException - {\\\"error\\\":{\\\"message\\\":\\\"Your credit balance is too low.\\\"}}\",\"code\":\"400\"}}"})
    void shouldCallTheNextInstanceWhenAProviderOrAProxyHasWordsOfItsOwn(int status, String body) {
        upstreams.first.respond(Reply.error(status, body));
        upstreams.second.respond(Reply.json(200, body));

        assertThat(Upstreams.instance(upstreams.chat())).isEqualTo("third");
    }

    @ParameterizedTest
    @CsvSource({"400, false", "400, true", "500, false", "500, true", "404, false"})
    void shouldPassOnWhatAnUpstreamSaysAboutTryingAgain(int status, String hint) {
        upstreams.allRespond(Reply.error(status, "x", "y").header("x-should-retry", hint));

        HttpResponse<String> response = upstreams.chat();

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("x-should-retry")).hasValue(hint);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "400 | {\"error\":\"gpt-4o is not a valid model ID\"} | gpt-4o is not a valid model ID",
        "402 | {\"error\":\"This request requires more credits, or fewer max_tokens.\"} | requires more credits",
        "404 | {\"object\":\"error\",\"message\":\"The model `gpt-4o` does not exist.\",\"type\":\"NotFoundError\",\"param\":null,\"code\":404} | NotFoundError",
        "404 | {\"error\":\"Model not found\"} | Model not found",
        "404 | {\"error\":\"Model not found\",\"error_type\":\"not_found\"} | Model not found",
        "404 | {\"detail\":\"Model not found\"} | Model not found", "404 | {\"message\":\"There is no such model.\"} | no such model",
        "404 | {\"detail\":\"No endpoint serves gpt-4o\"} | gpt-4o", "404 | {\"detail\":[{\"msg\":\"unknown model\"}]} | unknown model",
        "404 | {\"code\":\"Some requested entity was not found\",\"error\":\"The model gpt-4o does not exist.\"} | does not exist"})
    void shouldPassOnWhatAllInstancesSayInAFormOfTheirOwn(int status, String body, String shown) {
        upstreams.allRespond(Reply.error(status, body));

        HttpResponse<String> response = upstreams.chat();

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).startsWith("{\"error\":{\"message\":\"").contains(shown);
    }

    @Test
    void shouldNotPassOnThePageOfAProxyThatDoesNotKnowTheAddress() {
        upstreams.allRespond(Reply.error(404, "<html>nothing here</html>"));

        assertThat(upstreams.chat().statusCode()).isEqualTo(502);
    }

    /** Such as an ingress that has no backend for a moment. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"text/html | <html>nothing here</html>", "text/html | ''", "text/plain | 404 page not found", "text/plain | default backend - 404",
        "application/json | {\"detail\":\"Not Found\"}", "application/json | {\"message\":\"no Route matched with those values\"}",
        "application/json | {\"statusCode\":404,\"message\":\"Resource not found\"}", "application/json | {\"code\":404,\"message\":\"Not Found\"}",
        "application/json | {\"status\":404,\"error\":\"Not Found\"}", "application/json | {\"error\":\"Not Found\"}",
        "application/json | {\"error\":\"Not Found\",\"path\":\"/models/chat/completions\"}", "application/json | {\"detail\":\"No route for /v1/models/chat\"}",
        "text/plain | Cannot POST /model/chat/completions", "application/json | {\"error\":\"no data-model.json\"}"})
    void shouldLetTheClientTryAgainAfterA404WithoutAnError(String type, String page) {
        upstreams.allRespond(Reply.body(404, type, page.getBytes(StandardCharsets.UTF_8)));

        HttpResponse<String> response = upstreams.chat();

        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.headers().firstValue("x-should-retry")).isEmpty();
    }

    /** Wherever in the order the instance with a wrong address is. */
    @ParameterizedTest
    @CsvSource({"0, 404", "1, 404", "2, 404", "0, 413", "2, 413"})
    void shouldPassOnWhatTheOthersSayBesideAWrongAddress(int wrong, int status) {
        upstreams.allRespond(Reply.error(status, status == 404 ? "model_not_found" : "rate_limit_exceeded", "The instance says so."));
        List.of(upstreams.first, upstreams.second, upstreams.third).get(wrong).respond(Reply.error(404, "{\"detail\":\"Not Found\"}"));

        HttpResponse<String> response = upstreams.chat();

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).contains("The instance says so.");
    }

    @Test
    void shouldTellTheClientNotToTryAgainWhenNoKeyMayUseTheModel() {
        upstreams.allRespond(Reply.error(403, "{\"error\":{\"message\":\"You don't have access to the model\",\"code\":\"model_not_found\"}}"));

        HttpResponse<String> response = upstreams.chat();

        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.headers().firstValue("x-should-retry")).hasValue("false");
    }
}
