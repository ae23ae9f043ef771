package dev.openaigateway.examples;

import com.fasterxml.jackson.databind.JsonNode;
import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TemporaryFolder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The examples that send usage records elsewhere. */
@GatewayTest
class UsageExamplesTest {

    private static final ScriptedUpstream SERVICE = ScriptedUpstream.start();
    private static Path records;
    private static Cookbook book;

    @BeforeAll
    static void start() throws IOException {
        records = TemporaryFolder.make("usage");
        book = new Cookbook(List.of("usage.folder", records.toString(), "usage.url", SERVICE.uri() + "/records"), "EAST", "WEST");
    }

    @AfterAll
    static void stop() {
        book.close();
        SERVICE.close();
    }

    @Test
    void usageSinksShouldWriteAFileAndCallAService() {
        book.use("usage-sinks");
        book.gateway().chat("gpt-4o", "x-request-id", "one");
        book.gateway().chat("gpt-4o", "x-request-id", "two");

        SERVICE.awaitRequests(2);
        JsonNode posted = Cookbook.tree(SERVICE.requests().get(0).text());
        assertThat(posted.path("request_id").asText()).isEqualTo("one");
        assertThat(posted.path("instance").asText()).isEqualTo("azure-east");
        Eventually.holds("two lines in the file", () -> lines().size() == 2);
        assertThat(lines()).extracting(line -> Cookbook.tree(line).path("request_id").asText()).containsExactly("one", "two");

        SERVICE.respond(request -> request.text().contains("\"three\"") ? Reply.error(500, "full", "full") : Reply.json(200, "{}"));
        book.gateway().chat("gpt-4o", "x-request-id", "three");
        Eventually.holds("the file has what the service refused", () -> lines().size() == 3);
        Eventually.holds("the refused one is counted", () -> book.gateway().metric("gateway_events_failed_total") == 1);
        assertThat(book.refused("events.camel.yaml", "uri: seda:usage-file\n            parameters", "uri: seda:usage-fiel\n            parameters"))
                .contains("did you mean");
    }

    @Test
    void usageKafkaShouldNeedItsJars() {
        book.use("usage-sinks");
        Path kafka = Path.of("examples/usage-kafka/routes/events.camel.yaml").toAbsolutePath();

        String refused = book.refusedFile(kafka);

        assertThat(refused).contains("events.camel.yaml:37:18", "uses component \"kafka\" which the gateway does not have without its jars in the folder 'ext'")
                .doesNotContain(",{\"source\"");
    }

    private static List<String> lines() {
        try (Stream<Path> files = Files.list(records)) {
            return files.flatMap(UsageExamplesTest::linesOf).toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Stream<String> linesOf(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
