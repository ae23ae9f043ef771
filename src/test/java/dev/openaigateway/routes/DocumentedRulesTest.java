package dev.openaigateway.routes;

import dev.openaigateway.support.Documents;
import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** Runs the rules of {@code docs/policies.md} as they are written there. */
@GatewayTest
class DocumentedRulesTest {

    private static final Pattern RULES = Pattern.compile("(?ms)^```yaml\n(- route:\n    id: routing\n.*?)^```");

    private ScriptedUpstream upstream;
    private TestGateway gateway;

    @BeforeEach
    void startWithTheDocumentedRules() {
        upstream = ScriptedUpstream.start();
        gateway = TestGateway.builder().folder(GatewayFolder.copy().rules(documented()).path()).settings("""
                routing: { strategy: priority }
                instances:
                %s%s%s%s""".formatted(instance("azure-east", 2), instance("azure-west", 2), instance("azure-research", 0),
                instance("cheapest", 1))).start();
    }

    @AfterEach
    void stop() {
        upstream.close();
        gateway.close();
    }

    @Test
    void shouldShareOutOneFamilyOfModels() {
        List<String> servers = IntStream.range(0, 10).mapToObj(i -> servedBy("gpt-4o")).toList();

        assertThat(Collections.frequency(servers, "azure-east")).isEqualTo(8);
        assertThat(Collections.frequency(servers, "azure-west")).isEqualTo(2);
        assertThat(upstream.requests()).as("one call per request").hasSize(10);
    }

    @Test
    void shouldPinATeam() {
        assertThat(servedBy("o1", "X-Team", "research")).isEqualTo("azure-research");
        assertThat(servedBy("gpt-4o", "X-Team", "research")).as("a model of a common rule").isEqualTo("azure-research");
        assertThat(upstream.requests()).hasSize(2);
    }

    @Test
    void shouldKeepTheInstancesOfATeamForIt() {
        assertThat(gateway.put("/admin/instances/cheapest/config", "{\"enabled\": false}").statusCode()).isEqualTo(200);
        assertThat(servedBy("o1")).isEqualTo("azure-east");
        assertThat(gateway.get("/admin/route?model=o1").body()).doesNotContain("\"instance\":\"azure-research\"");
    }

    @Test
    void shouldLeaveTheRestToTheSettings() {
        assertThat(servedBy("o1")).isEqualTo("cheapest");
        assertThat(upstream.requests()).hasSize(1);
    }

    private String servedBy(String model, String... headers) {
        return gateway.chat(model, headers).headers().firstValue("x-gateway-instance").orElse("");
    }

    private String instance(String name, int priority) {
        return "  - { name: %s, provider_type: generic, api_base: \"%s\", priority: %d }\n".formatted(name, upstream.uri(), priority);
    }

    private static String documented() {
        List<String> rules = RULES.matcher(Documents.text()).results().map(match -> match.group(1)).toList();
        assertThat(rules).hasSize(1);
        return rules.get(0);
    }
}
