package dev.openaigateway.documents;

import dev.openaigateway.support.Documents;
import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** Runs the commands of the README and of the pages under docs against a gateway with the settings of a fresh clone. */
@GatewayTest
class DocumentCommandsTest {

    private static final Pattern CHANGED_RULE = Pattern.compile("(?s)## Change a rule.*?```yaml\n(.*?)```");
    private static final String LAST_LINES = "        - loadBalance:\n";

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void shouldPrintTheDocumentedOutput() throws IOException, InterruptedException {
        List<DocumentCommand> commands = DocumentCommand.all().stream().filter(command -> !command.isFiltered()).toList();
        try (TestGateway gateway = TestGateway.builder().start()) {
            assertThat(commands).hasSizeGreaterThanOrEqualTo(3);
            for (DocumentCommand command : commands) {
                assertThat(response(command, gateway).body()).as(command.toString()).matches(command.expected());
            }
        }
    }

    @Test
    void shouldFollowTheChangedRuleOfTheReadme() throws IOException, InterruptedException {
        Matcher rule = CHANGED_RULE.matcher(Documents.read(Documents.README));
        assertThat(rule.find()).isTrue();
        DocumentCommand command = DocumentCommand.all().stream().filter(DocumentCommand::isFiltered).findFirst().orElseThrow();

        try (TestGateway gateway = TestGateway.builder().folder(GatewayFolder.copy().rules(with(rule.group(1))).path()).start()) {
            String instance = response(command, gateway).headers().firstValue("x-gateway-instance").orElse("none");

            assertThat(command.printed()).containsExactly("x-gateway-instance: " + instance);
        }
    }

    private HttpResponse<String> response(DocumentCommand command, TestGateway gateway) throws IOException, InterruptedException {
        return http.send(command.request(gateway.port()), HttpResponse.BodyHandlers.ofString());
    }

    private static String with(String lastLines) throws IOException {
        String rules = Files.readString(Path.of("routes/routing.camel.yaml"));
        return rules.substring(0, rules.lastIndexOf(LAST_LINES)) + lastLines;
    }
}
