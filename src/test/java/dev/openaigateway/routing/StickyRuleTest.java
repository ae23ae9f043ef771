package dev.openaigateway.routing;

import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.OneRoute;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestClock;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** The policy {@code sticky} in rules, with three instances of equal weight. One gateway for all tests. */
@GatewayTest
class StickyRuleTest {

    private static final Map<String, ScriptedUpstream> UPSTREAMS = new TreeMap<>(Map.of(
            "east", ScriptedUpstream.start(), "west", ScriptedUpstream.start(), "north", ScriptedUpstream.start()));
    private static final String BY_PROPERTY = """
            - setProperty:
                name: sticky_key
                expression:
                  simple:
                    expression: "${header.x-team}"
            """;
    private static final String BY_BEAN = """
            - beans:
                - name: byTeam
                  type: dev.openaigateway.routing.policy.Sticky
                  properties:
                    key: "${header.x-team}"
            """;
    private static final TestClock CLOCK = new TestClock();
    private static final GatewayFolder FOLDER = GatewayFolder.copy();
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        rules("", BY_PROPERTY, "sticky");
        StringBuilder instances = new StringBuilder();
        UPSTREAMS.forEach((name, upstream) -> instances.append("  - { name: %s, provider_type: generic, api_base: \"%s\" }\n"
                .formatted(name, upstream.uri())));
        gateway = TestGateway.builder().clock(CLOCK).folder(FOLDER.path()).settings("""
                admin: { watch_files: false }
                routing: { strategy: sticky }
                clients: { keys: [ { name: app, key: app-key }, { name: other, key: other-key } ] }
                instances:
                """ + instances).start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
        UPSTREAMS.values().forEach(ScriptedUpstream::close);
    }

    @BeforeEach
    void allRespond() {
        UPSTREAMS.values().forEach(upstream -> upstream.respond(Reply.chat("Hi")));
        UPSTREAMS.keySet().forEach(name -> gateway.post("/admin/instances/" + name + "/reset", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"property", "bean", "configured"})
    void shouldKeepAKeyOnOneInstanceAndSpreadTheKeys(String kind) {
        apply(kind);
        Map<String, TreeSet<String>> used = new TreeMap<>();
        for (int round = 0; round < 3; round++) {
            IntStream.range(0, 20).forEach(i -> used.computeIfAbsent("team-" + i, team -> new TreeSet<>()).add(instance("team-" + i)));
        }

        assertThat(used.values()).allSatisfy(instances -> assertThat(instances).hasSize(1));
        assertThat(used.values().stream().map(TreeSet::first).distinct()).containsExactlyInAnyOrderElementsOf(UPSTREAMS.keySet());
    }

    @Test
    void shouldRebindAfterAFailureForAWhile() {
        apply("property");
        String first = instance("rebound");
        UPSTREAMS.get(first).respond(Reply.error(500, "boom", "boom"));
        HttpResponse<String> failedOver = chat("rebound");
        String second = Upstreams.instance(failedOver);
        UPSTREAMS.get(first).respond(Reply.chat("Hi"));

        assertThat(failedOver.headers().firstValue("x-gateway-attempts")).hasValue("2");
        assertThat(second).isNotEqualTo(first);
        assertThat(instance("rebound")).as("the key stays where its cache is now").isEqualTo(second);
        assertThat(explained("rebound")).contains("goes first (the key is bound to it since another failed)");

        UPSTREAMS.get(second).respond(Reply.error(500, "boom", "boom"));
        String third = instance("rebound");
        assertThat(third).isNotEqualTo(second);

        UPSTREAMS.get(second).respond(Reply.chat("Hi"));
        CLOCK.advance(Duration.ofHours(2));
        assertThat(instance("rebound")).as("the binding has ended").isEqualTo(first);
    }

    @Test
    void shouldReturnAfterAShortLimit() {
        apply("bean");
        String first = instance("limited");
        UPSTREAMS.get(first).enqueue(Reply.error(429, "slow down", "rate_limit_exceeded").header("Retry-After", "20"));

        assertThat(instance("limited")).isNotEqualTo(first);
        assertThat(instance("limited")).isNotEqualTo(first);
        CLOCK.advance(Duration.ofSeconds(21));
        assertThat(instance("limited")).isEqualTo(first);
    }

    @Test
    void shouldDistributeRequestsWithoutKey() {
        apply("bean");
        TreeSet<String> used = new TreeSet<>();
        for (int i = 0; i < 6; i++) {
            used.add(Upstreams.instance(gateway.chat("gpt-4o", "Authorization", "Bearer app-key")));
        }

        assertThat(used).isEqualTo(UPSTREAMS.keySet());
        assertThat(gateway.get("/admin/route?model=gpt-4o").body()).contains("no key; weight 100 of 300");
    }

    @Test
    void shouldUseTheClientIfThereIsNothingElse() {
        rules("", "", "sticky");
        assertThat(gateway.post("/config/reload", "").statusCode()).isEqualTo(200);
        TreeSet<String> used = new TreeSet<>();
        for (int i = 0; i < 6; i++) {
            used.add(Upstreams.instance(gateway.chat("gpt-4o", "Authorization", "Bearer other-key")));
        }

        assertThat(used).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-gateway-session", "session_id", "user", "prompt_cache_key"})
    void shouldKeepASessionElseAUserTogether(String source) {
        rules("", "", "sticky");
        assertThat(gateway.post("/config/reload", "").statusCode()).isEqualTo(200);
        Map<String, TreeSet<String>> used = new TreeMap<>();
        for (int i = 0; i < 24; i++) {
            String key = "key-" + i % 12;
            boolean header = source.contains("session");
            String member = header ? "" : "\"" + source + "\":\"" + key + "\",";
            String body = TestGateway.chatBody("gpt-4o").replaceFirst("\\{", "{" + member);
            HttpResponse<String> response = gateway.post("/v1/chat/completions", body, "Authorization", "Bearer app-key",
                    header ? source : "x-other", key);
            used.computeIfAbsent(key, any -> new TreeSet<>()).add(Upstreams.instance(response));
        }

        assertThat(used.values()).allSatisfy(instances -> assertThat(instances).hasSize(1));
        assertThat(used.values().stream().map(TreeSet::first).distinct().count()).isGreaterThan(1);
    }

    @Test
    void shouldRefuseAKeyThatIsTheSameForAllRequests() {
        rules(BY_BEAN.replace("${header.x-team}", "x-team"), "", "byTeam");

        assertThat(gateway.post("/config/reload", "").body()).contains("must be a simple expression such as ${header.x-team}");
    }

    private static void apply(String kind) {
        switch (kind) {
            case "bean" -> rules(BY_BEAN, "", "byTeam");
            case "configured" -> rules("", BY_PROPERTY, "configured");
            default -> rules("", BY_PROPERTY, "sticky");
        }
        HttpResponse<String> reloaded = gateway.post("/config/reload", "");
        assertThat(reloaded.statusCode()).as(reloaded.body()).isEqualTo(200);
    }

    private static HttpResponse<String> chat(String team) {
        return gateway.chat("gpt-4o", "Authorization", "Bearer app-key", "X-Team", team);
    }

    private static String instance(String team) {
        return Upstreams.instance(chat(team));
    }

    private static String explained(String team) {
        return gateway.get("/admin/route?model=gpt-4o", "X-Team", team).body();
    }

    private static void rules(String beans, String steps, String ref) {
        FOLDER.rules(beans + OneRoute.of(steps + OneRoute.balance(ref, "instance:*")));
    }
}
