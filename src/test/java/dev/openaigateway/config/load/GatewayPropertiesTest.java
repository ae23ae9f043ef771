package dev.openaigateway.config.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.openaigateway.problem.InvalidSettingsException;
import dev.openaigateway.problem.Problem;
import org.apache.camel.main.BaseMainSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class GatewayPropertiesTest {

    @TempDir
    Path folder;

    private Environment with(String... lines) throws IOException {
        Files.write(folder.resolve("application.properties"), List.of(lines));
        return new Environment(Map.of(), folder);
    }

    @Test
    void shouldRefuseAKeyThatTheGatewayDoesNotHave() throws Exception {
        Environment environment = with("# events.webhok.url = a comment", "events.webhook.url = http://x", "", "events.webhok.enabled=true");

        assertThatThrownBy(() -> GatewayProperties.require(environment)).isInstanceOf(InvalidSettingsException.class)
                .hasMessageStartingWith("application.properties:4: events.webhok.enabled is not a key of the gateway (events.queue, ")
                .hasMessageEndingWith("; did you mean \"events.webhook.enabled\"?");
    }

    @Test
    void shouldReportEachKey() throws Exception {
        assertThat(GatewayProperties.problems(with("events.quue = 5", "events.sql.usr: me"))).extracting(Problem::nearest)
                .extracting(nearest -> nearest.orElse("")).containsExactly("events.queue", "events.sql.user");
    }

    @Test
    void shouldAcceptKeysThatARouteUsesAndThoseOfOthers() throws Exception {
        Files.createDirectories(folder.resolve("routes/rules"));
        Files.writeString(folder.resolve("routes/rules/kafka.camel.yaml"), "- route: { from: { uri: \"kafka:{{events.kafka.topic}}\" } }");
        Environment environment = with("events.kafka.topic = usage", "my.own = 1", "camel.main.name = x", "events.base = a \\",
                "  events.continued = b", "my.other = {{events.base}}");

        assertThatCode(() -> GatewayProperties.require(environment)).doesNotThrowAnyException();
    }

    @Test
    void shouldAcceptAFolderWithoutTheFile() {
        assertThatCode(() -> GatewayProperties.require(new Environment(Map.of(), folder))).doesNotThrowAnyException();
    }

    /** Camel replaces it only when an event is sent. */
    @ParameterizedTest
    @CsvSource({"{{env:HOOK_URL}}, environment variable HOOK_URL, env:HOOK_URL", "http://h/{{env:HOOK_URL}}, environment variable HOOK_URL, env:HOOK_URL",
        "{{my.hook}}, property my.hook, my.hook"})
    void shouldRefuseAnAddressForEventsWithoutAValue(String url, String needed, String placeholder) throws Exception {
        Environment environment = with("events.webhook.enabled = true", "events.webhook.url = " + url);

        assertThat(GatewayProperties.problems(environment)).extracting(Problem::message).containsExactly("application.properties:2: events.webhook.url needs the "
                + needed + ", which is not set (or write {{" + placeholder + ":default}})");
        assertThat(GatewayProperties.problems(with("events.webhook.enabled = false", "events.webhook.url = " + url))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{{env:HOOK_URL:http://h}}", "{{?env:HOOK_URL}}", "{{vault:hook/url}}", "{{my.hook:http://h}}", "{{my.known}}"})
    void shouldAcceptAnAddressForEventsThatMayHaveAValue(String url) throws Exception {
        assertThat(GatewayProperties.problems(with("events.webhook.enabled = true", "my.known = http://h", "events.webhook.url = " + url)))
                .noneMatch(problem -> problem.message().contains("is not set"));
    }

    @Test
    void shouldNameTheVariableWithThePlaceholder() throws Exception {
        Environment environment = new Environment(Map.of("EVENTS_WEBHOOK_ENABLED", "true", "EVENTS_WEBHOOK_URL", "{{env:HOOK_URL}}"), folder);

        assertThat(GatewayProperties.problems(environment)).extracting(Problem::message)
                .containsExactly("environment: EVENTS_WEBHOOK_URL needs the environment variable HOOK_URL, which is not set (or write {{env:HOOK_URL:default}})");
    }

    @ParameterizedTest
    @CsvSource({"camel.managment.enabled, camel.management", "camel.route-contoller.enabled, camel.routeController", "camel.componet.upstream.proxy-host, camel.component",
        "camel.mian.name, camel.main", "camel.treadpool.max-pool-size, camel.threadpool"})
    void shouldRefuseAGroupOfKeysThatCamelIgnores(String key, String nearest) throws Exception {
        assertThat(GatewayProperties.problems(with("# of us", key + " = hidden"))).extracting(Problem::message).containsExactly(
                "application.properties:2: " + key + " is ignored by Camel, which has no such group of keys; did you mean \"" + nearest + "\"?");
    }

    @Test
    void shouldReadTheFileOfTheProfileToo() throws Exception {
        Files.writeString(folder.resolve("application-prod.properties"), "camel.managment.enabled = true\nevents.quue = 5\n");
        Environment environment = new Environment(Map.of("CAMEL_MAIN_PROFILE", "prod", "CAMEL_MANAGMENT_ENABLED", "true"), folder);

        assertThat(GatewayProperties.problems(environment)).extracting(problem -> problem.source() + " " + problem.path()).containsExactly(
                "application-prod.properties:1 camel.managment.enabled", "application-prod.properties:2 events.quue", "environment CAMEL_MANAGMENT_ENABLED");
    }

    @Test
    void shouldAcceptEachGroupOfCamel() throws Exception {
        assertThat(GatewayProperties.problems(with("camel.route-controller.enabled = true", "camel.routecontroller.enabled=true", "camel.beans[a].b = c",
                "camel.routeTemplate[0].template-id = x", "camel.vault.aws.region = x", "camel.jbang.dependencies = x", "camel.own.x = a", "mine = {{camel.own.x}}"))).isEmpty();
        Map<String, String> others = Map.of("CAMEL_HOME", "/opt", "CAMEL_TEST_URL", "x", "CAMEL_MAIN_NAME", "x", "CAMEL_MANAGEMENT_ENABLED", "true");
        assertThat(GatewayProperties.problems(new Environment(others, folder))).isEmpty();
    }

    /** An update of Camel may bring groups. */
    @Test
    void shouldKnowTheGroupsOfCamelsMetadata() throws Exception {
        try (InputStream metadata = BaseMainSupport.class.getResourceAsStream("/META-INF/camel-main-configuration-metadata.json")) {
            List<String> groups = new ObjectMapper().readTree(metadata).path("groups").findValuesAsText("name").stream()
                    .map(name -> name.split("\\.")[1].toLowerCase(Locale.ROOT)).toList();
            assertThat(CamelGroups.NAMES).extracting(name -> name.toLowerCase(Locale.ROOT)).containsAll(groups);
        }
    }
}
