package dev.openaigateway.routes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import static org.assertj.core.api.Assertions.assertThat;

/** The class of each step in a route file is in one of the packages of that file. */
@GatewayTest
class RouteBeansTest {

    private static final Map<String, Set<String>> PACKAGES = Map.of(
            "openai-api", Set.of("gateway", "images"),
            "azure-api", Set.of(),
            "gateway", Set.of("gateway", "throttle"),
            "errors", Set.of("gateway"),
            "routing", Set.of("routing", "routing.policy"),
            "instance", Set.of("upstream", "provider", "relay", "throttle", "images"),
            "admin", Set.of("admin"),
            "dashboard", Set.of("dashboard", "admin"),
            "events", Set.of("events"),
            "demo-upstream", Set.of("demo"));

    private static TestGateway gateway;

    static List<RouteFile> files() {
        return RouteFile.all();
    }

    @BeforeAll
    static void start() {
        gateway = TestGateway.start("instances: []");
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @MethodSource("files")
    void shouldBeOfThePackagesOfTheirFile(RouteFile file) {
        Set<String> packages = PACKAGES.get(file.name().replace(".camel.yaml", ""));
        assertThat(Stream.concat(file.entries().findValues("ref").stream().map(JsonNode::asText), beansOfTemplates(file))
                .filter(ref -> !ref.startsWith("{{")).distinct()).allSatisfy(ref -> assertThat(packageOf(ref)).as(ref).isIn(packages));
    }

    /** The beans that templated routes name, and the one that their template names by default. */
    private static Stream<String> beansOfTemplates(RouteFile file) {
        return file.entries().findValues("parameters").stream().flatMap(parameters -> StreamSupport.stream(parameters.spliterator(), false))
                .filter(parameter -> Set.of("bean", "access").contains(parameter.path("name").asText()))
                .map(parameter -> parameter.path("value").asText(parameter.path("defaultValue").asText())).filter(ref -> !ref.isEmpty());
    }

    private static String packageOf(String ref) {
        Object bean = gateway.main().getCamelContext().getRegistry().lookupByName(ref);
        return bean.getClass().getPackageName().replace("dev.openaigateway.", "");
    }
}
