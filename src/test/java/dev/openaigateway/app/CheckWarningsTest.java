package dev.openaigateway.app;

import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.GatewayTest;
import org.apache.logging.log4j.core.config.Configurator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** A check prints probable mistakes in rules that work. A start and a reload log them. */
@GatewayTest
class CheckWarningsTest {

    private final GatewayFolder folder = GatewayFolder.copy()
            .write("routes/instances.yaml", "instances:\n  - { name: east, provider_type: generic, api_key: k, api_base: \"http://east\" }\n")
            .rules("- route: { id: routing, from: { uri: direct:routing, steps: [ { to: reject:503 }, { to: instance:east } ] } }\n");

    @AfterEach
    void logAgain() {
        Configurator.reconfigure();
    }

    @Test
    void shouldPrintAStepThatNoRequestReaches() {
        assertThat(check(0)).hasSize(2).first().asString().startsWith("Warning: routes/routing.camel.yaml:1:").contains("has step \"to\" which never runs");
    }

    @Test
    void shouldPrintItAfterTheProblems() {
        folder.write("routes/events.camel.yaml", "- rute: {}\n");

        assertThat(check(1)).hasSize(2).first().asString().contains("did you mean \"route\"?");
        assertThat(check(1)).last().asString().startsWith("Warning: routes/routing.camel.yaml:1:");
    }

    private List<String> check(int status) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        assertThat(new CommandLine(new PrintStream(output, true, StandardCharsets.UTF_8), Map.of()).run("check", folder.path().toString())).hasValue(status);
        return output.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
