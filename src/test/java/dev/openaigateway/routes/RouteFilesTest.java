package dev.openaigateway.routes;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Map;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

class RouteFilesTest {

    /** Their routes differ by one bean only, so their steps need no ids. */
    private static final Set<String> TEMPLATES_OF_ENDPOINTS = Set.of("endpoint", "operator-endpoint", "demo");

    static List<RouteFile> files() {
        return RouteFile.all();
    }

    @Test
    void shouldBeOnePerSubject() {
        assertThat(files()).extracting(RouteFile::name).containsExactly("admin.camel.yaml", "azure-api.camel.yaml",
                "dashboard.camel.yaml", "demo-upstream.camel.yaml", "errors.camel.yaml", "events.camel.yaml", "gateway.camel.yaml",
                "instance.camel.yaml", "openai-api.camel.yaml", "routing.camel.yaml");
    }

    @ParameterizedTest
    @MethodSource("files")
    void shouldNameEveryRouteAndDescribeAllButInstancesOfTemplates(RouteFile file) {
        assertThat(file.routes()).isNotEmpty().allSatisfy(route -> {
            assertThat(route.getKey()).isIn(Set.of("route", "routeTemplate", "routeConfiguration", "templatedRoute"));
            assertThat(id(route)).isNotBlank();
            assertThat(route.getValue().path("description").isMissingNode()).as(id(route)).isEqualTo(route.getKey().equals("templatedRoute"));
        });
    }

    @Test
    void shouldUseEachIdOnce() {
        assertThat(files().stream().flatMap(file -> file.routes().stream()).map(RouteFilesTest::id)).doesNotHaveDuplicates();
    }

    /** Tools list routes by their groups. */
    @ParameterizedTest
    @MethodSource("files")
    void shouldGroupEveryRoute(RouteFile file) {
        assertThat(file.routes()).filteredOn(route -> Set.of("route", "routeTemplate").contains(route.getKey())).allSatisfy(route -> {
            JsonNode definition = route.getKey().equals("route") ? route.getValue() : route.getValue().path("route");
            assertThat(definition.path("group").asText()).as(id(route)).isIn("api", "admin", "rules", "events", "demo");
        });
    }

    /** A start with both off loads no driver and no template of SQL. */
    @Test
    void shouldBuildWebhooksAndTheUsageTableOnlyWhereTheyAreOn() {
        RouteFile events = files().stream().filter(file -> file.name().equals("events.camel.yaml")).findFirst().orElseThrow();

        assertThat(events.routes()).filteredOn(route -> route.getKey().equals("route"))
                .filteredOn(route -> !Set.of("usage", "alert", "alert-feishu").contains(id(route))).hasSizeGreaterThan(8)
                .allSatisfy(route -> assertThat(route.getValue().path("precondition").asText()).as(id(route))
                        .isEqualTo(id(route).contains("webhook") ? "{{events.webhook.enabled}}" : "{{events.sql.enabled}}"));
    }

    @Test
    void shouldGiveAnIdOfItsOwnToEveryStep() {
        List<JsonNode> steps = files().stream().flatMap(file -> file.steps(TEMPLATES_OF_ENDPOINTS).stream()).toList();

        assertThat(steps).hasSizeGreaterThan(50).extracting(step -> step.elements().next().path("id").asText())
                .allSatisfy(id -> assertThat(id).isNotBlank()).doesNotHaveDuplicates();
    }

    /** The boilerplate is in the templates. */
    @Test
    void shouldKeepEndpointsShort() {
        List<RouteFile> endpoints = files().stream().filter(file -> Set.of("admin.camel.yaml", "azure-api.camel.yaml",
                "demo-upstream.camel.yaml", "openai-api.camel.yaml").contains(file.name())).toList();
        int lines = endpoints.stream().mapToInt(RouteFile::lines).sum();
        int routes = endpoints.stream().mapToInt(file -> file.routes().size()).sum();
        assertThat(lines).isLessThanOrEqualTo(7 * routes + 50);
    }

    @ParameterizedTest
    @MethodSource("files")
    void shouldBeInCanonicalFormWithoutRequestTextInAddresses(RouteFile file) {
        assertThat(file.faults()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "steps: [ { to: 'direct:a' } ]",
            "steps: [ { to: { uri: 'direct:a?block=true' } } ]",
            "steps: [ { to: { uri: 'http://host/${header.model}' } } ]",
            "steps: [ { to: { uri: http, parameters: { httpUri: '${header.model}' } } } ]",
            "steps: [ { toD: { uri: 'http://host' } } ]",
            "steps: [ { recipientList: { expression: { constant: { expression: 'direct:a' } } } } ]",
            "steps: [ { setProperty: { name: a, constant: { expression: b } } } ]",
            "steps: [ { setProperty: { name: a, expression: b } } ]"})
    void shouldReportAFault(String steps) {
        assertThat(RouteFile.of("wrong", "- route: { from: { uri: 'direct:wrong', " + steps + " } }").faults()).hasSize(1);
    }

    private static String id(Map.Entry<String, JsonNode> route) {
        return route.getValue().path(route.getKey().equals("templatedRoute") ? "routeId" : "id").asText();
    }
}
