package dev.openaigateway.gateway;

import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpResponse;

import static org.assertj.core.api.Assertions.assertThat;

/** Requests that name no model, such as those with a stored prompt. */
@GatewayTest
class UnnamedModelTest {

    private static final String BODY = "{\"prompt\":{\"id\":\"pmpt_1\"},\"input\":\"Hi\"}";

    private final ScriptedUpstream listed = ScriptedUpstream.start().respond(Reply.json(200, "{\"id\":\"resp_1\",\"object\":\"response\",\"output\":[]}"));
    private final ScriptedUpstream any = ScriptedUpstream.start().respond(Reply.json(200, "{\"id\":\"resp_2\",\"object\":\"response\",\"output\":[]}"));
    private TestGateway gateway;

    @AfterEach
    void stop() {
        gateway.close();
        listed.close();
        any.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/responses", "/v1/responses/input_tokens", "/openai/v1/responses"})
    void shouldGoToAnInstanceThatTakesAnyModel(String path) {
        start("default_model: gpt-4o", true);

        HttpResponse<String> response = gateway.post(path, BODY);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(any.requests()).singleElement().satisfies(request -> assertThat(request.text()).isEqualTo(BODY));
        assertThat(listed.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/responses", "/v1/chat/completions"})
    void shouldAskForTheDefaultModel(String path) {
        start("default_model: gpt-4o", false);
        listed.respond(Reply.chat("Hi"));

        assertThat(gateway.post(path, BODY).statusCode()).isEqualTo(200);
        assertThat(listed.requests()).singleElement().satisfies(request -> assertThat(request.text()).contains("\"model\":\"gpt-4o\"", "pmpt_1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/responses", "/v1/chat/completions"})
    void shouldBeRefusedIfNothingIsKnown(String path) {
        start("retries: 1", false);

        HttpResponse<String> refused = gateway.post(path, BODY);

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("\"param\":\"model\"");
    }

    private void start(String routing, boolean withAny) {
        gateway = TestGateway.start("routing: { %s }%ninstances:%n  - { name: listed, provider_type: generic, api_base: \"%s\", supported_models: [gpt-4o] }%n"
                .formatted(routing, listed.uri())
                + (withAny ? "  - { name: any, provider_type: generic, api_base: \"%s\" }%n".formatted(any.uri()) : ""));
    }
}
