package dev.openaigateway.dashboard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestClock;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;

import static org.assertj.core.api.Assertions.assertThat;

/** Limits, rules and alerts, after some requests through rules with branches. The clock advances only where a test says so. */
@GatewayTest
class DashboardDocumentsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String[] ADMIN = {"X-Admin-Token", "t0ken"};
    private static final String SETTINGS = """
            admin: { token: t0ken }
            rate_limit: { enabled: true, tpm: 100000 }
            clients: { keys: [ { name: anna, key: key-anna, tpm: 3000 }, { name: bert, key: key-bert, rpm: 1 } ] }
            instances:
              - { name: east, provider_type: generic, api_base: "%1$s", max_tpm: 5000, supported_models: [gpt-4o] }
              - { name: west, provider_type: generic, api_base: "%1$s", supported_models: [gpt-4o], model_limits: { gpt-4o: { rpm: 10 } } }
            """;
    private static final String RULES = """
            - route:
                id: routing
                from:
                  uri: direct:routing
                  steps:
                    - choice:
                        when:
                          - expression: { simple: { expression: "${header.x-team} == 'blocked'" } }
                            steps: [ { to: { id: no, uri: "reject:403" } } ]
                        otherwise:
                          steps: [ { to: { id: rest, uri: direct:common } } ]
            - route:
                id: common
                from:
                  uri: direct:common
                  steps:
                    - loadBalance:
                        id: pair
                        customLoadBalancer: { ref: failover }
                        steps:
                          - to: { id: first, uri: "instance:east" }
                          - to: { id: others, uri: "instance:*" }
            """;

    private static final ScriptedUpstream UPSTREAM = ScriptedUpstream.start();
    private static final TestClock CLOCK = new TestClock();
    private static final GatewayFolder FOLDER = GatewayFolder.copy().rules(RULES);
    private static TestGateway gateway;

    @BeforeAll
    static void startGateway() {
        gateway = TestGateway.builder().clock(CLOCK).folder(FOLDER.path()).settings(SETTINGS.formatted(UPSTREAM.uri())).start();
        UPSTREAM.enqueue(Reply.error(500, "broken", "no"), Reply.chat("Hi", 40, 10), Reply.chat("Hi", 60, 10), Reply.chat("Hi", 40, 10));
        for (int i = 0; i < 2; i++) {
            assertThat(gateway.chat("gpt-4o", "Authorization", "Bearer key-anna").statusCode()).isEqualTo(200);
        }
        assertThat(gateway.chat("gpt-4o", "Authorization", "Bearer key-bert").statusCode()).isEqualTo(200);
        assertThat(gateway.chat("gpt-4o", "Authorization", "Bearer key-bert").statusCode()).isEqualTo(429);
        assertThat(gateway.chat("gpt-4o", "Authorization", "Bearer key-anna", "x-team", "blocked").statusCode()).isEqualTo(403);
        CLOCK.advance(Duration.ofSeconds(2));
    }

    @AfterAll
    static void stopGateway() {
        gateway.close();
        UPSTREAM.close();
    }

    @Test
    void shouldShowWhatIsInUseOfEachLimit() {
        JsonNode limits = document("/admin/limits");

        assertThat(limits.path("total").asInt()).isEqualTo(5);
        assertThat(limits.path("request_tokens").asInt()).isEqualTo(170 / 3);
        assertThat(limits.at("/data/0/kind").asText()).isEqualTo("gateway");
        assertThat(limits.at("/data/0/used").asInt()).isEqualTo(170);
        assertThat(limit("anna").path("used").asInt()).isEqualTo(120);
        assertThat(limit("anna").path("wait_seconds").asDouble()).isZero();
        JsonNode west = document("/admin/limits?kind=model").at("/data/0");
        assertThat(west.path("model").asText()).isEqualTo("gpt-4o");
        assertThat(west.path("unit").asText()).isEqualTo("requests");
    }

    @Test
    void shouldTellTheWaitThatARequestGets() {
        HttpResponse<String> refused = gateway.chat("gpt-4o", "Authorization", "Bearer key-bert");

        double wait = limit("bert").path("wait_seconds").asDouble();
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(wait).isBetween(50.0, 61.0);
        assertThat(Double.parseDouble(refused.headers().firstValue("retry-after").orElseThrow())).isEqualTo(Math.ceil(wait));
    }

    @ParameterizedTest
    @CsvSource({"?kind=client,2", "'?kind=instance,model',2", "?search=ann,1", "?limit=2,5", "?search=none,0"})
    void shouldSelectLimits(String query, int matching) {
        assertThat(document("/admin/limits" + query).path("matching").asInt()).isEqualTo(matching);
    }

    @ParameterizedTest
    @CsvSource({"/admin/limits?knd=client,knd,did you mean 'kind'?", "/admin/alerts?serch=a,serch,did you mean 'search'?",
        "/admin/limits?kind=clent,kind,Did you mean 'client'?", "/admin/alerts?kind=reload_faild,kind,Did you mean 'reload_failed'?", "/admin/limits?limit=5000,limit,1000",
        "/admin/overview?status=helthy,status,Did you mean 'healthy'?"})
    void shouldRefuseAWrongParameter(String path, String parameter, String hint) throws JsonProcessingException {
        HttpResponse<String> response = gateway.get(path, ADMIN);

        assertThat(response.statusCode()).isEqualTo(400);
        JsonNode error = JSON.readTree(response.body()).path("error");
        assertThat(error.path("param").asText()).isEqualTo(parameter);
        assertThat(error.path("message").asText()).contains(hint);
    }

    @Test
    void shouldShowTheRulesAsATree() {
        JsonNode nodes = document("/admin/rules").path("nodes");

        assertThat(nodes.findValuesAsText("kind")).containsExactly("route", "choice", "when", "to", "otherwise", "to", "route", "loadBalance", "to", "to");
        assertThat(nodes.findValues("parent").stream().map(JsonNode::asText)).containsExactly("null", "0", "1", "2", "1", "4", "5", "6", "7", "7");
        assertThat(nodes.at("/2/label").asText()).isEqualTo("${header.x-team} == 'blocked'");
        assertThat(nodes.at("/7/at").asText()).isEqualTo("routing.camel.yaml:17");
        assertThat(nodes.at("/7/label").asText()).isEqualTo("failover");
    }

    @Test
    void shouldShowWhatTheStepsSentToTheInstances() {
        List<String> edges = StreamSupport.stream(document("/admin/rules").path("edges").spliterator(), false).map(edge -> edge.path("node").asText() + " "
                + edge.path("instance").asText() + " " + edge.path("requests").asText() + " " + edge.path("failed").asText()).toList();

        assertThat(edges).containsExactlyInAnyOrder("8 east 3 1", "9 west 1 0", "3 null 1 0");
    }

    @Test
    void shouldListAlertsNewestFirst() {
        for (String policy : List.of("nonsense", "rubbish")) {
            FOLDER.rules(RULES.replace("failover", policy));
            assertThat(gateway.post("/config/reload", "", ADMIN).statusCode()).isEqualTo(400);
        }
        FOLDER.rules(RULES);

        JsonNode alerts = document("/admin/alerts?kind=reload_failed");
        assertThat(alerts.at("/data/0/message").asText()).contains("rubbish");
        assertThat(alerts.at("/data/1/message").asText()).contains("routing.camel.yaml:19", "nonsense");
        assertThat(document("/admin/alerts?search=NONSENSE&limit=1").path("data")).hasSize(1);
        assertThat(document("/admin/alerts?kind=redis_lost").path("matching").asInt()).isZero();
    }

    private static JsonNode limit(String name) {
        return document("/admin/limits?search=" + name).at("/data/0");
    }

    private static JsonNode document(String path) {
        HttpResponse<String> response = gateway.get(path, ADMIN);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        try {
            return JSON.readTree(response.body());
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
