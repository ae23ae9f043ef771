package dev.openaigateway.gateway;

import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.RecordedRequest;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestClock;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpResponse;
import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

/** The models of an instance that serves any model are those that its upstream lists. */
@GatewayTest
class UpstreamModelsTest {

    private static final String LIST = """
            {"object":"list","data":[{"id":"gpt-4o","object":"model","created":1715367049,"owned_by":"system"},{"id":"org/llama 3+x","object":"model"},
            {"id":"secret"},{"id":"named"},{"id":""},{"name":"x"},{"id":"a\\nb"},7,null]}""";

    private final ScriptedUpstream any = ScriptedUpstream.start().respond(Reply.json(200, LIST));
    private final TestClock clock = new TestClock();
    private TestGateway gateway;

    @BeforeEach
    void start() {
        startWithTimeout(30);
    }

    private void startWithTimeout(int seconds) {
        gateway = TestGateway.builder().clock(clock).settings("""
                clients:
                  keys:
                    - { name: all, key: k-all }
                    - { name: limited, key: k-limited, models: [gpt-4o] }
                models:
                  - { name: secret, hidden: true }
                instances:
                  - { name: listed, api_base: "http://127.0.0.1:9", api_key: a, supported_models: [named] }
                  - { name: any, provider_type: generic, api_base: "%s", api_key: sk-any, health_timeout: %d, headers: { x-team: t } }
                """.formatted(any.uri(), seconds)).start();
    }

    @AfterEach
    void stop() {
        gateway.close();
        any.close();
    }

    @Test
    void shouldBeListedBesideThoseOfTheSettings() {
        String list = get("/v1/models").body();

        assertThat(list.split("\"id\":")).hasSize(4);
        assertThat(list).contains("{\"id\":\"gpt-4o\",\"object\":\"model\",\"created\":1715367049,\"owned_by\":\"system\"}",
                "{\"id\":\"org/llama 3+x\",\"object\":\"model\",\"created\":1767225600,\"owned_by\":\"gateway\"}",
                "{\"id\":\"named\",\"object\":\"model\",\"created\":1767225600,\"owned_by\":\"gateway\"}");
        RecordedRequest asked = any.requests().get(0);
        assertThat(asked.path()).isEqualTo("/v1/models");
        assertThat(asked.header("authorization")).isEqualTo("Bearer sk-any");
        assertThat(asked.header("x-team")).isEqualTo("t");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/models/gpt-4o", "/models/gpt-4o", "/v1/models/org/llama%203+x", "/openai/v1/models/gpt-4o", "/v1/models/secret"})
    void shouldBeDescribed(String path) {
        assertThat(get(path).statusCode()).isEqualTo(200);
    }

    @Test
    void shouldBeThoseThatTheKeyMayUse() {
        assertThat(gateway.get("/v1/models", "api-key", "k-limited").body()).contains("gpt-4o").doesNotContain("llama", "named");
        assertThat(gateway.get("/v1/models/named", "api-key", "k-limited").statusCode()).isEqualTo(404);
        assertThat(get("/v1/models/gpt-5").body()).contains("model_not_found", "Models served here: named.");
    }

    @Test
    void shouldBeKeptForFiveMinutesAndWhileTheListFails() {
        get("/v1/models");
        any.respond(Reply.error(500, "{}"));
        clock.advance(Duration.ofSeconds(299));
        get("/v1/models");
        assertThat(any.requests()).hasSize(1);

        clock.advance(Duration.ofSeconds(1));
        assertThat(get("/v1/models").body()).contains("gpt-4o");
        get("/v1/models");
        assertThat(any.requests()).hasSize(2);

        any.respond(Reply.json(200, "[{\"id\":\"gpt-5\"}]"));
        clock.advance(Duration.ofSeconds(10));
        assertThat(get("/v1/models").body()).contains("gpt-5").doesNotContain("gpt-4o");
    }

    @Test
    void shouldWaitOnceForAListThatDoesNotCome() {
        get("/v1/models");
        any.respond(Reply.stall());
        clock.advance(Duration.ofSeconds(300));

        assertThat(get("/v1/models").body()).as("after two seconds").contains("gpt-4o");
        long begin = System.nanoTime();
        for (int i = 0; i < 3; i++) {
            assertThat(get("/v1/models").body()).contains("gpt-4o");
            assertThat(get("/v1/models/gpt-4o").statusCode()).isEqualTo(200);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
        assertThat(any.requests()).as("one call for all").hasSize(2);
    }

    @Test
    void shouldNotStopTheListWhenAnUpstreamHasNone() {
        gateway.close();
        startWithTimeout(1);
        for (Reply reply : new Reply[] {Reply.error(404, "{}"), Reply.json(200, "{\"data\":{}}"), Reply.json(200, "<html>"), Reply.json(200, ""),
                Reply.json(200, "{\"data\":[\"" + "x".repeat(5_000_000) + "\"]}"), Reply.raw("nonsense"), Reply.reset(), Reply.stall()}) {
            any.respond(reply);
            clock.advance(Duration.ofSeconds(10));

            HttpResponse<String> list = get("/v1/models");
            assertThat(list.statusCode()).isEqualTo(200);
            assertThat(list.body()).contains("named").doesNotContain("gpt-4o");
        }
        any.respond(Reply.chat("Hi"));
        assertThat(gateway.chat("gpt-4o", "api-key", "k-all").statusCode()).as("the instance is not marked").isEqualTo(200);
    }

    private HttpResponse<String> get(String path) {
        return gateway.get(path, "api-key", "k-all");
    }
}
