package dev.openaigateway.routes;

import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** The rules that {@code routing.camel.yaml} offers as a comment, taken as its head says. */
@GatewayTest
class CommentedRulesTest {

    private static final String LAST_LINES = "        - loadBalance:\n            customLoadBalancer:\n";

    private ScriptedUpstream upstream;
    private TestGateway gateway;

    @BeforeEach
    void startWithTheCommentedRules() throws IOException {
        upstream = ScriptedUpstream.start();
        gateway = TestGateway.builder().folder(GatewayFolder.copy().rules(uncommented()).path()).settings("""
                routing: { strategy: priority }
                instances:
                %s%s%s%s""".formatted(instance("azure-east", 1), instance("azure-west", 2), instance("azure-research", 3),
                instance("cheapest", 0))).start();
    }

    @AfterEach
    void stop() {
        upstream.close();
        gateway.close();
    }

    @Test
    void shouldShareOutOneFamilyOfModels() {
        List<String> requested = IntStream.range(0, 10).mapToObj(i -> servedBy("gpt-4o")).toList();

        assertThat(Collections.frequency(requested, "azure-east")).isEqualTo(8);
        assertThat(Collections.frequency(requested, "azure-west")).isEqualTo(2);
        assertThat(upstream.requests()).as("each asked once").hasSize(10);
    }

    @Test
    void shouldPinATeam() {
        assertThat(servedBy("o1", "X-Team", "research")).isEqualTo("azure-research");
        assertThat(upstream.requests()).hasSize(1);
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

    private static String uncommented() throws IOException {
        String file = Files.readString(Path.of("routes/routing.camel.yaml"));
        String rules = file.substring(file.indexOf("Three rules")).lines().filter(line -> line.startsWith("#        ")).map(line -> line.substring(1))
                .collect(Collectors.joining("\n", "", "\n"));
        int place = file.lastIndexOf(LAST_LINES);
        assertThat(place).as("the lines to replace").isPositive();
        return file.substring(0, place) + rules;
    }
}
