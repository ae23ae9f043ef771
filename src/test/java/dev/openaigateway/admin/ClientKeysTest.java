package dev.openaigateway.admin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.openaigateway.config.KeyDigest;
import dev.openaigateway.support.CapturedLog;
import dev.openaigateway.support.Eventually;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Keys that change while the gateway runs. The clock stands at the beginning of 2026. */
class ClientKeysTest extends OperatedGateway {

    private static final String KEYS = "/admin/clients/search/keys";

    @Override
    String moreSettings() {
        return """
                admin: { token: root-token }
                clients:
                  max_bad_keys: 2
                  keys:
                    - { name: search, keys: [ old-key, { key: short-key, expires: 2026-01-01T00:01:00Z } ], tpm: 50000 }
                    - { name: hashed, hash: "%s", expires: 2026-01-05 }
                """.formatted(KeyDigest.of("hashed-key").written());
    }

    @Test
    void shouldAcceptSeveralKeysOfAClientUntilTheyExpire() {
        assertThat(status("old-key")).isEqualTo(200);
        assertThat(status("short-key")).isEqualTo(200);
        assertThat(status("hashed-key")).isEqualTo(200);

        clock.advance(Duration.ofMinutes(1));

        for (int i = 0; i < 3; i++) {
            JsonNode error = json(gateway.chat("gpt-4o", "api-key", "short-key"), 401).at("/error");
            assertThat(error.at("/code").asText()).isEqualTo("invalid_api_key");
            assertThat(error.at("/message").asText()).isEqualTo("Your API key has expired.");
        }
        assertThat(status("old-key")).isEqualTo(200);
        Eventually.holds("the requests count", () -> admin("/stats").at("/clients/search/requests").asInt() == 3);
    }

    @Test
    void shouldIssueAKeyOnceAndKeepItsHashInTheOverlay() throws IOException {
        JsonNode made = json(call("POST", KEYS, "{\"expires\": \"2026-06-01\"}"), 201);

        String key = made.at("/key").asText();
        assertThat(key).startsWith("sk-gw-").hasSizeGreaterThan(40);
        assertThat(made.at("/hash").asText()).isEqualTo(KeyDigest.of(key).written());
        assertThat(made.at("/expires").asText()).isEqualTo("2026-06-01T00:00:00Z");
        assertThat(status(key)).isEqualTo(200);
        assertThat(status("old-key")).isEqualTo(200);
        assertThat(Files.readString(gateway.settingsFile().resolveSibling("settings-local.yaml"))).isEqualTo("""
                clients:
                  issued:
                    search:
                    - hash: %s
                      created: '2026-01-01T00:00:00Z'
                      expires: '2026-06-01T00:00:00Z'
                """.formatted(made.at("/hash").asText()));
        assertThat(admin("/admin/clients").toString() + admin("/config") + admin("/admin/changes")).contains(made.at("/id").asText())
                .doesNotContain(key, "old-key", made.at("/hash").asText());
        assertThat(call("POST", "/config/reload", "").statusCode()).isEqualTo(200);
        assertThat(status(key)).isEqualTo(200);
    }

    @Test
    void shouldRotateAKeyOfTheSettingsWithAnOverlap() {
        JsonNode made = json(call("POST", KEYS + "/" + id("old-key") + "/rotate", "{\"overlap\": 60}"), 201);

        assertThat(made.at("/replaces/expires").asText()).isEqualTo("2026-01-01T00:01:00Z");
        assertThat(status("old-key")).isEqualTo(200);
        assertThat(status(made.at("/key").asText())).isEqualTo(200);
        clock.advance(Duration.ofMinutes(1));
        assertThat(status("old-key")).isEqualTo(401);
        json(call("POST", "/config/reload", ""), 200);
        assertThat(status("old-key")).isEqualTo(401);

        JsonNode next = json(call("POST", KEYS + "/" + made.at("/id").asText() + "/rotate", "{\"overlap\": 0}"), 201);
        assertThat(status(next.at("/key").asText())).isEqualTo(200);
        assertThat(status(made.at("/key").asText())).isEqualTo(401);
    }

    @Test
    void shouldRevokeAKeyAtOnce() {
        JsonNode made = json(call("POST", KEYS, ""), 201);

        json(call("DELETE", KEYS + "/" + made.at("/id").asText(), ""), 200);
        json(call("DELETE", KEYS + "/" + id("old-key"), ""), 200);

        assertThat(status(made.at("/key").asText())).isEqualTo(401);
        assertThat(status("old-key")).isEqualTo(401);
        assertThat(status("short-key")).isEqualTo(200);
        json(call("POST", "/config/reload", ""), 200);
        assertThat(status("old-key")).isEqualTo(401);
    }

    @Test
    void shouldExplainWrongRequests() {
        JsonNode client = json(call("POST", "/admin/clients/serch/keys", ""), 404).at("/error");
        JsonNode key = json(call("DELETE", KEYS + "/" + id("old-key").substring(1), ""), 404).at("/error");
        JsonNode body = json(call("POST", KEYS, "{\"expires\": \"yesterday\", \"expire\": 5}"), 400).at("/error");
        JsonNode past = json(call("POST", KEYS, "{\"expires\": \"2025-12-31\"}"), 400).at("/error");

        assertThat(client.at("/message").asText()).isEqualTo("There is no client of that name. Did you mean 'search'?");
        assertThat(key.at("/message").asText()).contains("Did you mean '" + id("old-key") + "'?");
        assertThat(body.at("/problems")).hasSize(2);
        assertThat(body.at("/message").asText()).contains("expires \"yesterday\" must be a date", "expire is not a known key; did you mean \"expires\"?");
        assertThat(past.at("/message").asText()).contains("must be in the future");
        assertThat(gateway.post(KEYS, "{}").statusCode()).isEqualTo(401);
        assertThat(gateway.get("/admin/changes").statusCode()).isEqualTo(401);
    }

    /** Every endpoint that changes something leaves a record. */
    @Test
    void shouldRecordWhatWasChangedAndByWhom() throws IOException {
        try (CapturedLog log = new CapturedLog()) {
            String key = json(call("POST", KEYS, "{\"expires\": \"2026-01-03\"}"), 201).at("/id").asText();
            String next = json(call("POST", KEYS + "/" + key + "/rotate", ""), 201).at("/id").asText();
            json(call("DELETE", KEYS + "/" + next, ""), 200);
            json(call("PUT", "/admin/instances/east/config", "{\"weight\": 7}"), 200);
            json(call("POST", "/admin/instances/east/reset", ""), 200);
            json(call("POST", "/config/reload", ""), 200);
            json(call("POST", "/config/validate", "{\"files\": {\"rules/none.camel.yaml\": \"\"}}"), 200);
            call("PUT", "/admin/instances/east/config", "{\"weight\": -7}");

            JsonNode changes = admin("/admin/changes").at("/changes");
            List<String> actions = changes.findValuesAsText("action");
            assertThat(actions).filteredOn(action -> !action.equals("reload"))
                    .containsExactly("validate", "instance_reset", "instance_change", "key_revoke", "key_rotate", "key_create");
            assertThat(Set.copyOf(actions)).as("one action for each route that changes something").hasSize(changingRoutes());
            JsonNode change = changes.get(actions.indexOf("instance_change"));
            assertThat(change.at("/subject").asText()).isEqualTo("east");
            assertThat(change.at("/changes/0")).isEqualTo(json("{\"path\": \"instances[east].weight\", \"before\": \"100\", \"after\": \"7\"}"));
            assertThat(change.at("/by/access").asText()).isEqualTo("admin_token");
            assertThat(change.at("/by/address").asText()).isEqualTo("127.0.0.1");
            assertThat(change.at("/by/request_id").asText()).startsWith("req-");
            assertThat(admin("/admin/changes?limit=1").at("/changes")).hasSize(1);
            assertThat(List.of("0", "-1", "1001")).allSatisfy(limit -> assertThat(json(call("GET", "/admin/changes?limit=" + limit, ""), 400)
                    .at("/error/message").asText()).isEqualTo("limit must be from 1 to 1000."));
            Eventually.holds("the changes are logged", () -> log.linesWith("alert: Change over the admin API by 127.0.0.1").size() == 6);
            Eventually.holds("the check is logged, without an alert", () -> log.linesWith("Action over the admin API by 127.0.0.1").size() == 1);
        }
    }

    private static int changingRoutes() throws IOException {
        return (int) Stream.of(Files.readString(Path.of("routes/admin.camel.yaml")).split("(?m)^- "))
                .filter(route -> route.contains("operator-endpoint") && route.startsWith("templatedRoute"))
                .filter(route -> route.matches("(?s).*name: method, value: \"?(POST|PUT|DELETE|PATCH)\\b.*") && !route.contains("adminOrMonitor"))
                .count();
    }

    private int status(String key) {
        return gateway.chat("gpt-4o", "api-key", key).statusCode();
    }

    private static String id(String key) {
        return KeyDigest.of(key).id();
    }

    private JsonNode admin(String path) {
        return json(gateway.get(path, "X-Admin-Token", "root-token"), 200);
    }

    private HttpResponse<String> call(String method, String path, String body) {
        return gateway.send(HttpRequest.newBuilder(URI.create(gateway.url(path))).method(method, HttpRequest.BodyPublishers.ofString(body)),
                "X-Admin-Token", "root-token");
    }
}
