package dev.openaigateway.config.load;

import dev.openaigateway.problem.InvalidSettingsException;
import dev.openaigateway.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Values of the properties that the documents name. Camel takes many wrong ones as if none were given. */
class PropertyValuesTest {

    private static final String SIZE = " must be a whole number of bytes, at least 1, without a unit; 50 MB are 52428800";

    @TempDir
    Path folder;

    private List<String> problems(Map<String, String> variables, String... lines) throws Exception {
        Files.write(folder.resolve("application.properties"), List.of(lines));
        return GatewayProperties.problems(new Environment(variables, folder)).stream().map(Problem::message).toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            camel.server.max-body-size = 50MB           | "50MB" must be a whole number of bytes, at least 1, without a unit; 50 MB are 52428800
            camel.server.maxBodySize: -1                | "-1" must be a whole number of bytes, at least 1, without a unit; 50 MB are 52428800
            camel.management.enabled = ja               | "ja" must be true or false
            camel.management.port = foo                 | "foo" must be a whole number from 0 to 65535
            camel.management.host = a b                 | "a b" must be an IP address or a host name such as gateway.example, without a scheme and a port
            camel.component.upstream.proxy-port = foo   | "foo" must be a whole number from 1 to 65535
            camel.component.https.proxyPort = 0         | "0" must be a whole number from 1 to 65535
            camel.component.upstream.proxy-host = http://p | "http://p" must be an IP address or a host name such as gateway.example, without a scheme and a port
            events.queue = 0                            | "0" must be a whole number from 1 to 10000000
            events.queue = x                            | "x" must be a whole number from 1 to 10000000
            events.webhook.enabled = yess               | "yess" must be true or false
            events.sql.enabled = TRUE                   | "TRUE" must be true or false
            events.webhook.url = ws://user:secret@foo   | must be an http or https URL with a host, such as https://hooks.example/path
            events.webhook.url = localhost/ev           | must be an http or https URL with a host, such as https://hooks.example/path
            events.webhook.url = http:///ev             | must be an http or https URL with a host, such as https://hooks.example/path
            events.sql.url = jdbc:mysql://x/y?password=secret | must begin with jdbc:sqlite: or jdbc:postgresql:, such as jdbc:sqlite:usage.db
            """)
    void shouldReportLineKeyValueAndRule(String line, String problem) throws Exception {
        assertThat(problems(Map.of(), "# first", line)).containsExactly("application.properties:2: " + line.split("[ :]")[0] + " " + problem);
    }

    @Test
    void shouldNameTheVariableThatIsWrong() throws Exception {
        assertThat(problems(Map.of("CAMEL_SERVER_MAX_BODY_SIZE", "3MB", "MANAGEMENT_PORT", "abc", "EVENTS_SQL_URL", "sqlite:usage.db")))
                .containsExactlyInAnyOrder("environment: CAMEL_SERVER_MAX_BODY_SIZE \"3MB\"" + SIZE,
                        "environment: MANAGEMENT_PORT \"abc\" must be a whole number from 0 to 65535",
                        "environment: EVENTS_SQL_URL must begin with jdbc:sqlite: or jdbc:postgresql:, such as jdbc:sqlite:usage.db");
    }

    @Test
    void shouldFollowPlaceholdersToTheirValue() throws Exception {
        assertThat(problems(Map.of("SIZE", "big"), "my.size = {{env:SIZE}}", "camel.server.max-body-size = {{my.size}}"))
                .containsExactly("environment: SIZE \"big\"" + SIZE);
        assertThat(problems(Map.of(), "camel.server.max-body-size = {{env:SIZE:9k}}"))
                .containsExactly("application.properties:1: camel.server.max-body-size \"9k\"" + SIZE);
        assertThat(problems(Map.of(), "camel.server.max-body-size = {{vault:size}}", "events.queue = {{events.queue}}")).isEmpty();
    }

    @Test
    void shouldRefuseThePlaceholderOfAVaultWithoutItsLibrary() throws Exception {
        assertThat(problems(Map.of(), "# {{aws:x}}", "bank.token = a {{azure:bank-token}}", "events.sql.password={{ secret:db/password }}", "gcp = a", "b = {{gcp:c}}"))
                .containsExactly("application.properties:2: bank.token \"{{azure:bank-token}}\" needs camel-azure-key-vault in the folder 'ext'; "
                        + "without it the value would be the text after the colon",
                        "application.properties:3: events.sql.password \"{{ secret:db/password }}\" needs camel-kubernetes in the folder 'ext'; "
                        + "without it the value would be the text after the colon");
    }

    @Test
    void shouldReadTheFileOfTheProfileFirst() throws Exception {
        Files.writeString(folder.resolve("application-blue.properties"), "events.queue = 0\n");

        assertThat(problems(Map.of("CAMEL_MAIN_PROFILE", "blue"), "events.queue = 7"))
                .containsExactly("application-blue.properties:1: events.queue \"0\" must be a whole number from 1 to 10000000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"EVENTS_WEBHOK_ENABLED", "EVENTS_SQL_PASWORD", "EVENT_WEBHOOK_ENABLED"})
    void shouldRefuseAVariableThatIsMisspelt(String variable) throws Exception {
        assertThat(problems(Map.of(variable, "true"))).singleElement().asString()
                .startsWith("environment: " + variable + " sets no key of the gateway (EVENTS_QUEUE, ").contains("; did you mean \"EVENTS_");
    }

    @Test
    void shouldAcceptWhatIsRightAndWhatIsOfOthers() throws Exception {
        Files.createDirectories(folder.resolve("routes"));
        Files.writeString(folder.resolve("routes/events.camel.yaml"), "- route: { from: { uri: \"x:{{events.sql.other-table}}\" } }");

        assertThat(problems(Map.of("EVENTS_SERVICE_HOST", "10.0.0.1", "EVENTS_PORT", "tcp://10.0.0.1:80", "EVENTS_SQL_OTHER_TABLE", "t", "EVENTS_QUEUE", "5"),
                "camel.server.max-body-size = 1000", "camel.management.enabled = True", "camel.component.http.proxy-host = proxy_1.example",
                "events.webhook.url = https://me:p@ss@hooks.example:8443/a?b=c#d", "events.sql.url = jdbc:postgresql://db/usage")).isEmpty();
    }

    @Test
    void shouldAcceptOtherDatabasesWhereTheUserHasDrivers() throws IOException, InvalidSettingsException {
        Files.createFile(Files.createDirectories(folder.resolve("ext")).resolve("driver.jar"));

        assertThat(GatewayProperties.problems(new Environment(Map.of("EVENTS_SQL_URL", "jdbc:mysql://x/y"), folder))).isEmpty();
        assertThat(GatewayProperties.problems(new Environment(Map.of("EVENTS_SQL_URL", "mysql://x/y"), folder))).hasSize(1);
    }
}
