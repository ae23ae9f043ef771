package dev.openaigateway.documents;

import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** Compares the table of metrics with those of a gateway. */
@GatewayTest
class DocumentedMetricsTest {

    private static final Pattern LINE = Pattern.compile("((?:gateway|gen_ai)_\\w+)(?:\\{(.*)})? \\S+");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"[^\"]*\"");
    private static final String FORM = "--b\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nwhisper-1\r\n"
            + "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.wav\"\r\n\r\nRIFF\r\n--b--\r\n";
    private static final String DETAILS = """
            {"object":"chat.completion","model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"x"},"finish_reason":"stop"}],
             "usage":{"prompt_tokens":9,"completion_tokens":1,"prompt_tokens_details":{"cached_tokens":4}}}""";

    @Test
    void shouldListEveryMetricWithItsLabels() {
        Map<String, Set<String>> labels = labelsOfAGateway();
        Map<String, Set<String>> documented = new TreeMap<>();
        DocumentTable.rows("metrics").stream().filter(cells -> cells.size() == 3).forEach(cells -> DocumentTable.names(cells.get(0))
                .forEach(name -> documented.putIfAbsent(name, new TreeSet<>(DocumentTable.names(cells.get(1))))));

        assertThat(labels).containsKeys("gateway_client_audio_seconds_total", "gateway_retries_total", "gen_ai_server_time_to_first_token_seconds")
                .hasSizeGreaterThan(20);
        assertThat(documented).containsAllEntriesOf(labels);
        Set<String> registered = SourceTexts.found("builder\\(\"((?:gateway|gen_ai)\\.[a-z_.]+)\"");
        registered.addAll(SourceTexts.found("Gauge\\(\"(gateway_[a-z]+_[a-z]+)\""));
        assertThat(registered).allSatisfy(name -> assertThat(documented.keySet()).anyMatch(each -> each.startsWith(name.replace('.', '_'))));
    }

    /** After requests of each kind that makes metrics. */
    private static Map<String, Set<String>> labelsOfAGateway() {
        try (ScriptedUpstream east = ScriptedUpstream.start(); ScriptedUpstream west = ScriptedUpstream.start(); TestGateway gateway = TestGateway.start("""
                rate_limit: { tpm: 1000000 }
                clients: { keys: [ { name: alice, key: k, tpm: 100000, rpm: 100 } ] }
                admin: { token: t }
                instances:
                  - { name: east, provider_type: generic, api_key: k, api_base: "%s", priority: 1, max_rpm: 100 }
                  - { name: west, provider_type: generic, api_key: k, api_base: "%s" }
                """.formatted(east.uri(), west.uri()))) {
            east.enqueue(Reply.error(500, "boom", "no"));
            west.enqueue(Reply.json(200, DETAILS));
            gateway.chat("gpt-4o", "api-key", "k");
            east.enqueue(Reply.chatStream("one", "two"));
            gateway.post("/v1/chat/completions", "{\"model\":\"gpt-4o\",\"stream\":true,\"messages\":[]}", "api-key", "k");
            east.enqueue(Reply.json(200, "{\"text\":\"hello\",\"usage\":{\"type\":\"duration\",\"seconds\":9}}"));
            gateway.send(HttpRequest.newBuilder(URI.create(gateway.url("/v1/audio/transcriptions"))).header("Content-Type", "multipart/form-data; boundary=b")
                    .POST(HttpRequest.BodyPublishers.ofString(FORM)), "api-key", "k");
            gateway.chat("gpt-4o", "api-key", "wrong");
            Eventually.holds("all are counted", () -> labels(gateway.get("/metrics", "X-Admin-Token", "t").body()).keySet()
                    .containsAll(Set.of("gateway_errors_total", "gateway_client_audio_seconds_total", "gen_ai_server_time_to_first_token_seconds")));
            return labels(gateway.get("/metrics", "X-Admin-Token", "t").body());
        }
    }

    private static Map<String, Set<String>> labels(String metrics) {
        Map<String, Set<String>> labels = new TreeMap<>();
        metrics.lines().forEach(line -> {
            Matcher match = LINE.matcher(line);
            if (match.matches()) {
                Set<String> names = labels.computeIfAbsent(match.group(1).replaceFirst("_(bucket|count|sum|max)$", ""), any -> new TreeSet<>());
                LABEL.matcher(match.group(2) == null ? "" : match.group(2)).results().map(label -> label.group(1))
                        .filter(label -> !label.equals("le")).forEach(names::add);
            }
        });
        return labels;
    }
}
