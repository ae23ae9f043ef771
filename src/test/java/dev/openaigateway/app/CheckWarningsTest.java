package dev.openaigateway.app;

import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.GatewayTest;
import org.apache.logging.log4j.core.config.Configurator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
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
        ByteArrayOutputStream output = new ByteArrayOutputStream();

        assertThat(new CommandLine(new PrintStream(output, true, StandardCharsets.UTF_8), Map.of()).run("check", folder.path().toString())).hasValue(0);

        assertThat(output.toString(StandardCharsets.UTF_8).lines()).hasSize(2)
                .first().asString().startsWith("Warning: routes/routing.camel.yaml:1:").contains("has step \"to\" which never runs");
    }
}
