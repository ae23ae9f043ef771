package dev.openaigateway.config.load;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
}
