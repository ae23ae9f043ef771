package dev.openaigateway.routing;

import dev.openaigateway.support.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

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
        "404 | {\"detail\":\"Not Found\"} | \"code\":\"not_found\"",
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
    @CsvSource({"<html>nothing here</html>", "''"})
    void shouldLetTheClientTryAgainAfterA404WithoutAnError(String page) {
        upstreams.allRespond(Reply.body(404, "text/html", page.getBytes(StandardCharsets.UTF_8)));

        HttpResponse<String> response = upstreams.chat();

        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.headers().firstValue("x-should-retry")).isEmpty();
    }

    @Test
    void shouldTellTheClientNotToTryAgainWhenNoKeyMayUseTheModel() {
        upstreams.allRespond(Reply.error(403, "{\"error\":{\"message\":\"You don't have access to the model\",\"code\":\"model_not_found\"}}"));

        HttpResponse<String> response = upstreams.chat();

        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.headers().firstValue("x-should-retry")).hasValue("false");
    }
}
