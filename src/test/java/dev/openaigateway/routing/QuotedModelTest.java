package dev.openaigateway.routing;

import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.RecordedRequest;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** An instance that serves any model says which one it does not know, in words that begin with what the client has sent. */
@GatewayTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QuotedModelTest {

    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private TestGateway gateway;

    @BeforeAll
    void start() {
        upstream.respond(request -> isKnown(request) ? Reply.chat("Hi")
                : Reply.json(400, "{\"error\":{\"message\":\"" + model(request) + " is not a valid model ID\",\"code\":400}}"));
        gateway = TestGateway.start("instances:\n  - { name: any, provider_type: generic, api_base: \"" + upstream.uri() + "\" }\n");
    }

    @AfterAll
    void stop() {
        gateway.close();
        upstream.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"insufficient credits", "API key not valid", "Your credit balance is too low", "error: out of credit"})
    void shouldNotTakeTheNameOfAModelForAWordAboutTheAccount(String model) {
        for (int i = 0; i < 12; i++) {
            assertThat(gateway.post("/v1/chat/completions", "{\"model\":\"" + model + "\",\"messages\":[],\"seed\":" + i + "}").statusCode()).isEqualTo(400);
        }

        assertThat(gateway.chat("gpt-4o").statusCode()).as("of another client").isEqualTo(200);
        assertThat(gateway.get("/stats/health").body()).contains("\"status\":\"healthy\"");
    }

    @Test
    void shouldReadAMessageThatRepeatsTheClassOfItsErrorForever() {
        String model = "error: ".repeat(1500);

        assertThat(gateway.chat(model).statusCode()).isEqualTo(400);
        assertThat(gateway.chat("gpt-4o").statusCode()).isEqualTo(200);
    }

    private static boolean isKnown(RecordedRequest request) {
        return model(request).equals("gpt-4o");
    }

    private static String model(RecordedRequest request) {
        return request.text().replaceFirst("(?s).*\"model\":\"([^\"]*)\".*", "$1");
    }
}
