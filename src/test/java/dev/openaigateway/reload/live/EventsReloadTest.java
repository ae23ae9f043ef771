package dev.openaigateway.reload.live;

import dev.openaigateway.support.CapturedLog;
import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.RecordedRequest;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** The routes of {@code events.camel.yaml} are changed while events flow. */
@GatewayTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EventsReloadTest {

    private static final String FILE = "routes/events.camel.yaml";
    private static final Pattern ID = Pattern.compile("\"request_id\":\"(mine-\\d+)\"");

    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private final ScriptedUpstream sink = ScriptedUpstream.start();
    private final GatewayFolder folder = GatewayFolder.copy();
    private String original;
    private TestGateway gateway;

    @BeforeAll
    void startGateway() throws IOException {
        original = Files.readString(folder.path().resolve(FILE));
        gateway = TestGateway.builder().folder(folder.path()).property("events.webhook.enabled", "true")
                .property("events.webhook.url", sink.uri() + "/hook").property("events.queue", "100000").settings("""
                        admin: { watch_files: false }
                        instances: [ { name: east, provider_type: generic, api_key: k, api_base: "%s" } ]
                        """.formatted(upstream.uri())).start();
    }

    @AfterAll
    void stopGateway() {
        gateway.close();
        upstream.close();
        sink.close();
    }

    private String withHeader(String value) {
        String place = "        - setHeader:\n            id: webhook-type";
        return original.replace(place, "        - setHeader: { id: webhook-version, name: x-version, expression: { constant: { expression: "
                + value + " } } }\n" + place);
    }

    private int reload(String events) {
        folder.write(FILE, events);
        return gateway.post("/config/reload", "").statusCode();
    }

    @Test
    void shouldApplyChangedRoutes() {
        assertThat(reload(withHeader("first"))).isEqualTo(200);
        gateway.chat("gpt-4o", "x-request-id", "header-1");

        Eventually.holds("the record has the header", () -> sink.requests().stream()
                .anyMatch(request -> "first".equals(request.header("x-version")) && request.text().contains("header-1")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing\n", "[]", "- routeConfiguration: { id: sinks }\n"})
    void shouldRefuseAFileWithoutRoutes(String events) {
        assertThat(reload(withHeader("routed"))).isEqualTo(200);
        assertThat(reload(events)).isEqualTo(400);
        gateway.chat("gpt-4o", "x-request-id", "routed-" + events.length());

        assertThat(gateway.post("/config/reload", "").body()).contains("events.camel.yaml", "has no route");
        Eventually.holds("the record is delivered", () -> sink.requests().stream().anyMatch(request -> request.text().contains("routed-" + events.length())));
    }

    /** Nothing takes the alert then, so that it cannot be the only place of the problems. */
    @Test
    void shouldTellTheProblemsAlsoIfNoRouteTakesAlerts() {
        String usageOnly = """
                - route:
                    id: usage
                    from:
                      uri: seda:usage
                      parameters: { queue: "#bean:usageQueue" }
                      steps:
                        - stop: {}
                """;
        assertThat(reload(usageOnly)).isEqualTo(200);
        assertThat(gateway.metric("gateway_files_refused")).isZero();
        try (CapturedLog log = new CapturedLog()) {
            folder.write(FILE, usageOnly.replace("stop:", "stopp:"));
            assertThat(gateway.post("/config/reload", "").body()).contains("events.camel.yaml:7", "stopp", "did you mean");

            assertThat(log.linesWith("The files on disk are refused")).singleElement().asString().contains("events.camel.yaml:7", "stopp");
        }
        assertThat(gateway.get("/admin/warnings").body()).contains("files_refused", "events.camel.yaml:7", "stopp");
        assertThat(gateway.metric("gateway_files_refused")).isEqualTo(1);
        assertThat(reload(original)).isEqualTo(200);
        assertThat(gateway.metric("gateway_files_refused")).isZero();
        assertThat(gateway.get("/admin/warnings").body()).doesNotContain("files_refused");
    }

    @Test
    void shouldDropEventsOnPurposeAsDocumented() throws IOException {
        String document = Files.readString(Path.of("docs/events.md"));
        String file = document.substring(document.indexOf("```yaml\n") + 8);
        assertThat(reload(file.substring(0, file.indexOf("```")))).isEqualTo(200);
        gateway.chat("gpt-4o", "x-request-id", "dropped");
        assertThat(reload(withHeader("again"))).isEqualTo(200);
        gateway.chat("gpt-4o", "x-request-id", "after");

        Eventually.holds("the next record is delivered", () -> sink.requests().stream().anyMatch(request -> request.text().contains("\"after\"")));
        assertThat(sink.requests()).noneMatch(request -> request.text().contains("\"dropped\""));
    }

    @Test
    void shouldKeepTheRoutesWhenTheNewOnesAreWrong() {
        assertThat(reload(withHeader("kept"))).isEqualTo(200);
        assertThat(reload(withHeader("refused").replace("ref: eventJson", "ref: eventJsn"))).isEqualTo(400);
        assertThat(reload(withHeader("refused").replace("seda:usage-webhook", "sdea:usage-webhook"))).isEqualTo(400);
        gateway.chat("gpt-4o", "x-request-id", "kept-1");

        Eventually.holds("the record has the header", () -> sink.requests().stream()
                .anyMatch(request -> "kept".equals(request.header("x-version")) && request.text().contains("kept-1")));
        assertThat(reload(original)).isEqualTo(200);
    }

    @Test
    void shouldDeliverEachEventOnceDuringReloads() {
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger sent = new AtomicInteger();
        CompletableFuture<Void> client = CompletableFuture.runAsync(() -> {
            while (!over.get()) {
                gateway.chat("gpt-4o", "x-request-id", "mine-" + sent.incrementAndGet());
            }
        });
        for (int i = 0; i < 8; i++) {
            String queue = i % 2 == 0 ? "pollTimeout: 100" : "pollTimeout: 10" + i;
            assertThat(reload(withHeader("v" + i).replace("pollTimeout: 100", queue))).isEqualTo(200);
            int served = sent.get() + 5;
            Eventually.holds("more requests", () -> sent.get() > served);
        }
        over.set(true);
        client.join();

        Eventually.holds("all records arrive", () -> delivered().size() >= sent.get());
        assertThat(delivered()).doesNotHaveDuplicates().hasSize(sent.get());
    }

    private List<String> delivered() {
        return sink.requests().stream().map(RecordedRequest::text).map(ID::matcher).filter(Matcher::find).map(found -> found.group(1)).toList();
    }
}
