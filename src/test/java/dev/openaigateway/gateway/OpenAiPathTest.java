package dev.openaigateway.gateway;

import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests the paths of the endpoints, which are created from a route template. */
@GatewayTest
class OpenAiPathTest {

    private static final ScriptedUpstream UPSTREAM = ScriptedUpstream.start();
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        UPSTREAM.respond(Reply.anyResult());
        gateway = TestGateway.start("instances: [ { name: one, provider_type: generic, api_key: k, api_base: \"" + UPSTREAM.uri() + "\" } ]");
    }

    @AfterAll
    static void stop() {
        gateway.close();
        UPSTREAM.close();
    }

    @ParameterizedTest
    @CsvSource({"/v1/moderations/", "/v1//moderations", "/v1/./moderations", "/%76%31/moderations", "/openai//v1/moderations"})
    void shouldReadThePathAsTheServerMatchesIt(String path) {
        try (RawClient client = RawClient.connect(gateway.port())) {
            assertThat(client.post(path, "{\"model\":\"any\",\"input\":\"Hi\"}").response().status()).isEqualTo(200);
            assertThat(UPSTREAM.requests().get(UPSTREAM.requests().size() - 1).target()).isEqualTo("/v1/moderations");
        }
    }

    @Test
    void shouldDescribeTheRoutesOfTemplates() {
        assertThat(gateway.main().getCamelContext().getRoute("image-edits").getDescription()).isEqualTo("Edits images; a form or JSON");
        assertThat(gateway.main().getCamelContext().getRoute("embeddings").getDescription()).isEqualTo("Embeddings of texts");
        assertThat(gateway.main().getCamelContext().getRoute("stats").getGroup()).isEqualTo("admin");
    }
}
