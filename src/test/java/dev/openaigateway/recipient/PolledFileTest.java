package dev.openaigateway.recipient;

import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.RulesByHeader;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/** A rule that reads a file whose name it computes gets this file, and no other one of the folder. */
@GatewayTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PolledFileTest {

    private static final String SEND = """
            - setVariable: { name: text, simple: "${variable.file}" }
            - to: { uri: "request:header", parameters: { name: x-found, value: "[${variable.text}]" } }
            - to: { uri: "instance:east" }
            """;
    private static final String TEAM = "- setProperty: { name: team, simple: \"${header.x-team}\" }\n";
    private static final String FILE = "file:FOLDER?fileName=${exchangeProperty.team}&noop=true&idempotent=false";

    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private TestGateway gateway;

    @BeforeAll
    void startGateway(@TempDir Path data) throws IOException {
        for (String team : new String[] {"blue", "green", "red"}) {
            Files.writeString(data.resolve(team), "of " + team);
        }
        String rules = RulesByHeader.rule("pollEnrich", TEAM + "- pollEnrich: { simple: \"" + FILE + "\", timeout: \"0\", variableReceive: file }\n" + SEND)
                + RulesByHeader.rule("poll", TEAM + "- poll: { uri: \"" + FILE + "\", timeout: \"0\", variableReceive: file }\n" + SEND);
        gateway = TestGateway.builder().folder(GatewayFolder.copy().rules(RulesByHeader.file(rules, "- to: instance:east\n")
                .replace("FOLDER", data.toString())).path()).settings("""
                admin: { watch_files: false }
                instances: [ { name: east, provider_type: generic, api_key: k, api_base: "%s" } ]
                """.formatted(upstream.uri())).start();
    }

    @AfterAll
    void stopGateway() {
        gateway.close();
        upstream.close();
    }

    @ParameterizedTest
    @CsvSource({"pollEnrich,red,[of red]", "pollEnrich,blue,[of blue]", "pollEnrich,none,[]",
            "poll,red,[of red]", "poll,blue,[of blue]", "poll,none,[]"})
    void shouldReadTheFileOfTheName(String rule, String team, String found) {
        assertThat(gateway.chat("gpt-4o", "x-rule", rule, "x-team", team).statusCode()).isEqualTo(200);

        assertThat(upstream.requests().get(upstream.requests().size() - 1).header("x-found")).isEqualTo(found);
    }
}
