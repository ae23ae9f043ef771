package dev.openaigateway.routing;

import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.OneRoute;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.apache.camel.processor.loadbalancer.RoundRobinLoadBalancer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Policies that an integrator adds as beans. Without them {@code east} would go first. */
@GatewayTest
class PolicyBeanTest {

    /** Prefers one instance. */
    public static final class Preferring implements Policy {

        private String instance = "west";

        public void setInstance(String instance) {
            this.instance = instance;
        }

        @Override
        public List<Candidate> order(List<Candidate> candidates, String model) {
            return candidates.stream().sorted(Comparator.comparing(candidate -> !isPreferred(candidate))).toList();
        }

        @Override
        public String reason(Candidate candidate, List<Candidate> among, String model) {
            return isPreferred(candidate) ? "preferred" : "not preferred";
        }

        private boolean isPreferred(Candidate candidate) {
            return candidate.instance().name().equals(instance);
        }
    }

    private final ScriptedUpstream east = ScriptedUpstream.start();
    private final ScriptedUpstream west = ScriptedUpstream.start();
    private final GatewayFolder folder = GatewayFolder.copy();
    private TestGateway gateway;

    @AfterEach
    void stop() {
        gateway.close();
        east.close();
        west.close();
    }

    @Test
    void shouldFollowAJavaBean() {
        folder.rules(OneRoute.by("mine", "instance:*"));
        start(TestGateway.builder().bean("mine", new Preferring()), "failover");

        assertThat(instance()).isEqualTo("west");
        assertThat(explained()).contains("\"policy\":\"mine\"", "goes first (preferred)", "called if those before it fail (not preferred)");
    }

    @Test
    void shouldLetAPolicySortTheListThatItGets() {
        folder.rules(OneRoute.by("mine", "instance:*"));
        Policy sorting = (candidates, model) -> {
            candidates.sort(Comparator.comparing(Candidate::toString).reversed());
            return candidates;
        };
        start(TestGateway.builder().bean("mine", sorting), "failover");

        assertThat(instance()).isEqualTo("west");
    }

    static Stream<Policy> broken() {
        return Stream.of((candidates, model) -> {
            throw new AssertionError("a mistake");
        }, (candidates, model) -> {
            throw new ServiceConfigurationError("a broken jar");
        }, (candidates, model) -> Arrays.asList(null, candidates.get(0), null), (candidates, model) -> List.of(
                new Candidate(candidates.get(1).instance(), 7, 7, candidates.get(1).endpoint()), candidates.get(0)));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void shouldFailNoRequestForAMistakeInAPolicy(Policy broken) {
        folder.rules(OneRoute.by("mine", "instance:*"));
        start(TestGateway.builder().bean("mine", broken), "failover");

        assertThat(instance()).isEqualTo("east");
        assertThat(explained()).contains("\"policy\":\"mine\"", "\"instance\":\"east\",\"position\":1");
    }

    @Test
    void shouldFollowAChangingBeanOfTheRulesFile() {
        folder.rules(bean("west") + OneRoute.by("mine", "instance:*"));
        start(TestGateway.builder(), "failover");
        assertThat(instance()).isEqualTo("west");
        assertThat(explained()).contains("\"policy\":\"mine\"");

        folder.rules(bean("east") + OneRoute.by("mine", "instance:*"));
        assertThat(gateway.post("/config/reload", "").statusCode()).isEqualTo(200);
        assertThat(instance()).isEqualTo("east");

        folder.rules(bean("west") + OneRoute.by("unknown", "instance:*"));
        assertThat(gateway.post("/config/reload", "").body()).contains("unknown");
        assertThat(instance()).as("the earlier rules remain active").isEqualTo("east");

        folder.rules(bean("west") + OneRoute.by("mine", "instance:*"));
        assertThat(gateway.post("/config/reload", "").statusCode()).isEqualTo(200);
        assertThat(instance()).isEqualTo("west");
    }

    @Test
    void shouldFollowABeanThatAReloadAdds() {
        folder.rules(OneRoute.by("failover", "instance:*"));
        start(TestGateway.builder(), "failover");
        assertThat(instance()).isEqualTo("east");

        folder.rules(bean("west") + OneRoute.by("mine", "instance:*"));
        assertThat(gateway.post("/config/reload", "").statusCode()).isEqualTo(200);

        assertThat(instance()).isEqualTo("west");
    }

    @Test
    void shouldKeepAnotherLoadBalancer() {
        folder.rules(OneRoute.by("camels", "instance:*"));
        start(TestGateway.builder().bean("camels", new RoundRobinLoadBalancer()), "failover");

        assertThat(List.of(instance(), instance())).containsExactly("east", "east");
    }

    @ParameterizedTest
    @CsvSource({"roundRobin, failover, roundRobin", "round_robin, failover, roundRobin", "configured, round_robin, roundRobin",
        "configured, modelSpecific, modelSpecific", "configured, LEAST-LOADED, leastLoaded"})
    void shouldExplainEachPolicyByTheNameThatRulesUse(String ref, String strategy, String name) {
        folder.rules(OneRoute.by(ref, "instance:*"));
        start(TestGateway.builder(), strategy);

        assertThat(explained()).contains("\"policy\":\"" + name + "\"");
    }

    private void start(TestGateway.Builder builder, String strategy) {
        gateway = builder.folder(folder.path()).settings("""
                admin: { watch_files: false }
                routing: { strategy: %s }
                instances:
                  - { name: east, priority: 1, provider_type: generic, api_key: k, api_base: "%s" }
                  - { name: west, priority: 2, provider_type: generic, api_key: k, api_base: "%s" }
                """.formatted(strategy, east.uri(), west.uri())).start();
    }

    private String instance() {
        return Upstreams.instance(gateway.chat("gpt-4o"));
    }

    private String explained() {
        return gateway.get("/admin/route?model=gpt-4o").body().replaceAll("\\s*([:,])\\s*\"", "$1\"");
    }

    private static String bean(String preferred) {
        return """
                - beans:
                    - name: mine
                      type: %s
                      properties:
                        instance: %s
                """.formatted(Preferring.class.getName(), preferred);
    }
}
