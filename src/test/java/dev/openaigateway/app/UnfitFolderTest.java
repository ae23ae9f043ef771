package dev.openaigateway.app;

import dev.openaigateway.config.load.Environment;
import dev.openaigateway.config.load.PropertyFiles;
import dev.openaigateway.problem.InvalidSettingsException;
import dev.openaigateway.rules.classes.UnknownOption;
import org.apache.camel.PropertyBindingException;
import org.apache.camel.main.MainConfigurationProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Files that are there and cannot be read must not be taken for files that were left out. */
class UnfitFolderTest {

    @TempDir
    private Path folder;

    private void assertProblem(String problem) {
        assertThat(new CheckCommand(folder, Map.of()).problems()).containsExactly(problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"routes/routing.camel.yaml", "routes/openai-api.camel.yaml", "routes/events.camel.yaml", "routes/instances.yaml", "application.properties"})
    void shouldRefuseALinkToAMissingFile(String name) throws IOException {
        Path link = folder.resolve(name);
        Files.createDirectories(link.getParent());
        Files.createSymbolicLink(link, Path.of("nothing"));

        assertThat(new CheckCommand(folder, Map.of()).problems()).singleElement().asString().contains(name + ": is a link to a file that does not exist");
    }

    @Test
    void shouldNameTheLineOfABackslashWithoutItsValue() throws IOException {
        Files.writeString(folder.resolve("application.properties"), "# of us\nevents.sql.enabled = true\nevents.sql.url = jdbc:sqlite:C:\\usage.db\n");

        assertProblem("application.properties:3: events.sql.url has a \\u without four hexadecimal digits behind it; write \\\\ for a backslash");
        assertThatThrownBy(() -> PropertyFiles.requireReadable(new Environment(Map.of(), folder))).isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("application.properties:3").hasMessageNotContaining("usage.db");
    }

    @ParameterizedTest
    @ValueSource(strings = {"camel.component.upstream.proxy-auth-passwrd", "camel.component.upstream.proxyAuthPasswrd"})
    void shouldNameAnUnknownOptionWithoutItsValue(String key) throws IOException {
        Files.writeString(folder.resolve("application.properties"), "\n" + key + " = hidden\n");

        assertThat(new CheckCommand(folder, Map.of()).problems())
                .containsExactly("application.properties:2: " + key + " is no option of UpstreamComponent; did you mean \"proxyAuthPassword\"?");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            camel.component.htps.proxy-host  | the component htps, which is not there; did you mean "https"?
            camel.dataformat.jakson.pretty   | the dataformat jakson, which is not there
            camel.language.simpl.trim        | the language simpl, which is not there
            """)
    void shouldNameTheLineOfAnUnknownComponent(String key, String problem) throws IOException {
        Files.writeString(folder.resolve("application.properties"), "\n" + key + " = hidden\n");

        assertThat(new CheckCommand(folder, Map.of()).problems()).anyMatch(line -> line.equals("application.properties:2: " + key + " names " + problem));
    }

    @ParameterizedTest
    @CsvSource({"camel.main.name, {{env:GATEWAY_NAM}}, environment variable GATEWAY_NAM, env:GATEWAY_NAM, GATEWAY_NAME",
            "events.queue, a{{events.qeueu}}, property events.qeueu, events.qeueu, events.queue"})
    void shouldNameTheLineOfAPlaceholderWithoutAValue(String key, String text, String needed, String placeholder, String nearest) throws IOException {
        Files.writeString(folder.resolve("application.properties"), "events.queue = 7\n" + key + " = \\\n  " + text + "\ncamel.main.name = {{events.queue}}" + text + "\n");

        assertThat(new CheckCommand(folder, Map.of("GATEWAY_NAME", "x")).problems()).containsExactly("application.properties:3: " + key + " needs the "
                + needed + ", which is not set (or write {{" + placeholder + ":default}}); did you mean \"" + nearest + "\"?");
    }

    @Test
    void shouldRefuseAByteOrderMark() throws IOException {
        Files.writeString(folder.resolve("application.properties"), "\uFEFFevents.queue = abc\n");

        assertProblem("application.properties:1: begins with a byte order mark, which Camel takes for a part of the first key; save the file as UTF-8 without it");
    }

    @Test
    void shouldNameTheLineOfAPlaceholderThatARouteNeeds() throws IOException {
        Files.writeString(folder.resolve("application.properties"), "events.queue = {{env:QUEUE}}\n");

        assertThat(new CheckCommand(folder, Map.of("EVENTS_WEBHOOK_ENABLED", "true")).problems())
                .containsExactly("application.properties:1: events.queue needs the environment variable QUEUE, which is not set (or write {{env:QUEUE:default}})");
    }

    @Test
    void shouldNameTheVariableOfAnUnknownOption() {
        String name = "CAMEL_MAIN_SHUTDOWN_TIMEOT";
        PropertyBindingException failed = new PropertyBindingException(new MainConfigurationProperties(), "shutdownTimeot", "hidden", "camel.main", "shutdownTimeot", null);

        assertThat(UnknownOption.message(new Environment(Map.of(name, "hidden"), folder), new IllegalStateException(failed)))
                .contains("environment: " + name + " is no option of MainConfigurationProperties; did you mean \"shutdownTimeout\"?");
    }

    @Test
    void shouldRefuseADeviceInPlaceOfProperties() throws IOException {
        Files.createSymbolicLink(folder.resolve("application.properties"), Path.of("/dev/zero"));

        assertProblem("application.properties: must be a regular file; it is a pipe, a socket or a device, which is not read since that may never end");
    }
}
