package dev.openaigateway.admin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

class ClientAccessTest extends OperatedGateway {

    @Override
    String moreSettings() {
        return """
                clients: { header: x-team-key, keys: [ "key-one", { name: search, key: key-two, tpm: 50000 } ] }
                cors: { allowed_origins: ["https://app.example.com"] }
                rate_limit: { tpm: 100000 }""";
    }

    @Override
    TestGateway.Builder configured(TestGateway.Builder builder) {
        return builder.variable("MAX_BAD_KEYS", "3").variable("BLOCK_SECONDS", "60").variable("ERROR_BODY_MAX_BYTES", "10");
    }

    @Test
    void shouldReadAKeyFromEachHeader() {
        assertThat(gateway.chat("gpt-4o", "Authorization", "Bearer key-one").statusCode()).isEqualTo(200);
        assertThat(gateway.chat("gpt-4o", "api-key", "key-one").statusCode()).isEqualTo(200);
        assertThat(gateway.chat("gpt-4o", "x-team-key", "key-two").statusCode()).isEqualTo(200);
        assertThat(gateway.chat("gpt-4o").statusCode()).isEqualTo(401);
        assertThat(document("/stats").at("/clients/search/requests").asInt()).isEqualTo(1);
    }

    @Test
    void shouldBlockAnAddressAfterTooManyBadKeys() {
        for (int i = 0; i < 3; i++) {
            assertThat(gateway.chat("gpt-4o", "api-key", "guess" + i).statusCode()).isEqualTo(401);
        }
        HttpResponse<String> blocked = gateway.chat("gpt-4o", "api-key", "key-one");

        assertThat(json(blocked, 403).at("/error/code").asText()).isEqualTo("address_blocked");
        assertThat(blocked.headers().firstValue("retry-after")).hasValue("60");
        clock.advance(Duration.ofSeconds(61));
        assertThat(gateway.chat("gpt-4o", "api-key", "key-one").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldNotUnblockAForgedAddress() {
        for (int i = 0; i < 3; i++) {
            gateway.chat("gpt-4o", "api-key", "guess" + i, "X-Forwarded-For", "198.51.100." + i);
        }

        assertThat(gateway.chat("gpt-4o", "api-key", "key-one", "X-Forwarded-For", "192.0.2.1").statusCode()).isEqualTo(403);
    }

    @Test
    void shouldShowTheAttemptsInTheFinalError() {
        east.respond(Reply.error(500, "boom", "a long story about key-of-east at " + east.uri()));
        west.respond(Reply.error(503, "down", "down"));

        JsonNode error = json(gateway.chat("gpt-4o", "api-key", "key-one"), 503).at("/error");

        assertThat(error.at("/attempts")).isEqualTo(json("""
                [{"instance": "east", "status": 500, "reason": "responded with an error: a long sto..."},
                 {"instance": "west", "status": 503, "reason": "responded with an error: down"}]"""));
    }

    @Test
    void shouldCarryTheRequestIdFromEndToEnd() {
        HttpResponse<String> mine = gateway.chat("gpt-4o", "api-key", "key-one", "x-request-id", "my-id-1");
        HttpResponse<String> insane = gateway.chat("gpt-4o", "api-key", "key-one", "x-request-id", "my id {}");

        assertThat(mine.headers().firstValue("x-request-id")).hasValue("my-id-1");
        assertThat(east.requests().get(0).header("x-request-id")).isEqualTo("my-id-1");
        assertThat(insane.headers().firstValue("x-request-id").orElseThrow()).startsWith("req-");
    }

    @Test
    void shouldRespondToBrowsersOfAllowedOrigins() {
        HttpResponse<String> preflight = gateway.send(HttpRequest.newBuilder(URI.create(gateway.url("/v1/chat/completions")))
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody()), "Origin", "https://app.example.com",
                "Access-Control-Request-Method", "POST", "Access-Control-Request-Headers", "authorization");
        HttpResponse<String> foreign = gateway.get("/health", "Origin", "https://evil.example");

        assertThat(preflight.statusCode()).isEqualTo(204);
        assertThat(preflight.headers().firstValue("access-control-allow-origin")).hasValue("https://app.example.com");
        assertThat(foreign.headers().firstValue("access-control-allow-origin")).isEmpty();
        assertThat(foreign.headers().firstValue("x-content-type-options")).hasValue("nosniff");
    }

    @Test
    void shouldShowMetricsUnderTheirNames() {
        gateway.chat("gpt-4o", "api-key", "key-two");

        String metrics = gateway.get("/metrics").body();

        assertThat(metrics).contains("gateway_requests_total{", "gen_ai_server_request_duration_seconds_count{",
                "gen_ai_client_token_usage_sum{", "gateway_requests_in_flight", "resilience4j_circuitbreaker_state{",
                "jvm_memory_used_bytes{", "gateway_events_dropped_total", "client=\"search\"",
                "gateway_tokens_remaining{limit=\"instance\",name=\"east\"} 239979.0",
                "gateway_tokens_remaining{limit=\"client\",name=\"search\"} 49979.0",
                "gateway_tokens_remaining{limit=\"gateway\",name=\"gateway\"} 99979.0");
    }

    @Test
    void shouldShowNoSecretAnywhere() {
        east.respond(Reply.error(500, "boom", "the key key-of-east is wrong"));
        west.respond(Reply.error(401, "bad", "key-of-west"));
        StringBuilder all = new StringBuilder();
        all.append(gateway.chat("gpt-4o", "api-key", "key-one").body());
        for (String path : new String[] {"/config", "/stats", "/stats/windows", "/stats/instances", "/v1/instances/status",
            "/admin/instances", "/admin/route?model=gpt-4o", "/metrics", "/health/gpt-4o", "/v1/models"}) {
            HttpResponse<String> response = gateway.get(path);
            all.append(response.body()).append(response.headers().map());
        }
        all.append(gateway.put("/admin/instances/east/config", "{\"api_key\": \"key-of-east2\", \"x\": 1}").body());
        all.append(gateway.post("/config/validate", settings() + "\nbroken: key").body());

        assertThat(all).doesNotContain("key-of-", "key-one", "key-two");
    }
}
