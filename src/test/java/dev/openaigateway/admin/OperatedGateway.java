package dev.openaigateway.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestClock;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * A gateway of its own for each test, in front of two scripted instances that serve gpt-4o: {@code east} is asked before
 * {@code west}. Its clock stands still.
 */
@GatewayTest
abstract class OperatedGateway {

    private static final ObjectMapper JSON = new ObjectMapper();

    final ScriptedUpstream east = ScriptedUpstream.start();
    final ScriptedUpstream west = ScriptedUpstream.start();
    final TestClock clock = new TestClock();
    TestGateway gateway;

    String settings() {
        return """
                %s
                instances:
                  - { name: east, provider_type: generic, api_key: key-of-east, api_base: "%s", priority: 1, max_tpm: 240000,
                      supported_models: [gpt-4o] }
                  - { name: west, provider_type: generic, api_key: key-of-west, api_base: "%s", priority: 2, weight: 50,
                      supported_models: [gpt-4o, gpt-4o-mini] }
                """.formatted(moreSettings(), east.uri(), west.uri());
    }

    String moreSettings() {
        return "";
    }

    TestGateway.Builder configured(TestGateway.Builder builder) {
        return builder;
    }

    @BeforeEach
    void startGateway() {
        gateway = configured(TestGateway.builder().clock(clock).settings(settings())).start();
    }

    @AfterEach
    void stopGateway() {
        gateway.close();
        east.close();
        west.close();
    }

    /** The document at the path, which must answer 200. */
    JsonNode document(String path) {
        return json(gateway.get(path), 200);
    }

    static JsonNode json(HttpResponse<String> response, int status) {
        if (response.statusCode() != status) {
            throw new AssertionError("expected " + status + " but got " + response.statusCode() + ": " + response.body());
        }
        return json(response.body());
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + text, e);
        }
    }

    /** Has east answer 429, so that it is left alone for that long. */
    void bench(Duration time) {
        east.enqueue(Reply.rateLimited("retry-after-ms", String.valueOf(time.toMillis())));
        gateway.chat("gpt-4o");
    }

    static String instance(HttpResponse<String> response) {
        return response.headers().firstValue("x-gateway-instance").orElse("none");
    }
}
