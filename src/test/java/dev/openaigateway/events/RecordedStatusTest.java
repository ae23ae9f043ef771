package dev.openaigateway.events;

import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

/** Records and metrics have the status that the client gets. */
@GatewayTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecordedStatusTest {

    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private TestGateway gateway;

    @BeforeAll
    void start() {
        gateway = TestGateway.start("""
                clients: { keys: [] }
                instances:
                  - { name: only, provider_type: generic, api_base: "%s", passthrough: [files] }
                """.formatted(upstream.uri()));
    }

    @AfterAll
    void stop() {
        gateway.close();
        upstream.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 299})
    void shouldRecordTheStatusOfAWholeResponse(int status) {
        upstream.enqueue(Reply.json(status, "{\"choices\":[{\"message\":{\"content\":\"Hello\"}}]}"));
        long before = recorded(status);

        assertThat(gateway.chat("gpt-4o").statusCode()).isEqualTo(status);

        Eventually.holds("the status is recorded", () -> recorded(status) == before + 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 206})
    void shouldRecordTheStatusOfAResponseThatIsPassed(int status) {
        upstream.enqueue(Reply.body(status, "application/octet-stream", "abc".getBytes(StandardCharsets.UTF_8)));
        long before = recorded(status);

        assertThat(gateway.get("/v1/files/file-1/content").statusCode()).isEqualTo(status);

        Eventually.holds("the status is recorded", () -> recorded(status) == before + 1);
    }

    private long recorded(int status) {
        return gateway.get("/metrics").body().lines()
                .filter(line -> line.startsWith("gateway_requests_total{") && line.contains("status=\"" + status + "\""))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ')))).sum();
    }
}
