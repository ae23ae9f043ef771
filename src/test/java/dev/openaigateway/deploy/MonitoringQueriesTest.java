package dev.openaigateway.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** The queries of Grafana's dashboard and of Prometheus' rules, against the metrics page of a gateway that served requests. */
@GatewayTest
class MonitoringQueriesTest {

    private static final Pattern SERIES = Pattern.compile("([a-z_]+)\\{([^}]*)}|\\b((?:gateway|gen_ai|jvm|process|httpcomponents)_[a-z_]+)(?![a-z_]*[({=])");
    private static final Pattern MATCHER = Pattern.compile("(\\w+)(?:=~|!=|!~|=)\"");
    private static final Pattern BY = Pattern.compile("by \\(([^)]*)\\)");
    /** Labels that Prometheus adds to each series. It renames a label {@code instance} of the page. */
    private static final Set<String> ADDED = Set.of("job", "le");

    /** A histogram and the least quantile for which an alert is raised, in seconds. */
    private static final Pattern QUANTILE = Pattern.compile("histogram_quantile\\(.*?([a-z_]+_bucket).*\\) > ([\\d.]+)");

    private static final ScriptedUpstream EAST = ScriptedUpstream.start();
    private static final ScriptedUpstream WEST = ScriptedUpstream.start();
    private static final Map<String, Set<String>> LABELS = new HashMap<>();
    private static TestGateway gateway;
    private static String page;

    @BeforeAll
    static void serve() {
        gateway = TestGateway.start("""
                rate_limit: { tpm: 100000 }
                instances:
                  - { name: east, provider_type: generic, api_key: k, api_base: "%s", max_tpm: 1000, supported_models: [gpt-4o] }
                  - { name: west, provider_type: generic, api_key: k, api_base: "%s" }
                """.formatted(EAST.uri(), WEST.uri()));
        EAST.enqueue(Reply.json(500, "{}"));
        WEST.enqueue(Reply.chatStream("Hello"));
        gateway.post("/v1/chat/completions", TestGateway.chatBody("gpt-4o").replaceFirst("\\{", "{\"stream\":true,"));
        gateway.chat("gpt-4o");
        gateway.post("/v1/chat/completions", "{");
        page = gateway.get("/metrics").body();
        Matcher line = Pattern.compile("(?m)^(\\w+)(?:\\{(.*)})? \\S+$").matcher(page);
        while (line.find()) {
            Set<String> labels = LABELS.computeIfAbsent(line.group(1), name -> new TreeSet<>());
            if (line.group(2) != null) {
                Pattern.compile("(\\w+)=\"").matcher(line.group(2)).results()
                        .forEach(label -> labels.add(label.group(1).equals("instance") ? "exported_instance" : label.group(1)));
            }
        }
    }

    @AfterAll
    static void stop() {
        gateway.close();
        EAST.close();
        WEST.close();
    }

    @Test
    void shouldFindTheSeriesOfTheDashboard() throws IOException {
        List<String> queries = new ObjectMapper().readTree(Path.of("deploy/grafana/gateway.json").toFile()).at("/panels").findValuesAsText("expr");

        assertThat(queries).hasSizeGreaterThan(20).allSatisfy(MonitoringQueriesTest::assertAnswered);
    }

    @Test
    void shouldFindTheSeriesOfTheRules() throws IOException {
        JsonNode alerts = alerts();

        assertThat(alerts.findValuesAsText("expr")).hasSizeGreaterThan(5).allSatisfy(MonitoringQueriesTest::assertAnswered);
        assertThat(alerts).allSatisfy(alert -> assertThat(alert.at("/annotations/summary").asText()).endsWith("."));
    }

    /** Prometheus estimates no quantile above the largest finite bucket. */
    @Test
    void shouldHaveABucketAboveEachThreshold() throws IOException {
        List<String> queries = alerts().findValuesAsText("expr").stream().filter(query -> query.contains("histogram_quantile")).toList();

        assertThat(queries).isNotEmpty().allSatisfy(query -> {
            Matcher quantile = QUANTILE.matcher(query);
            assertThat(quantile.find()).as(query).isTrue();
            assertThat(largestBucket(quantile.group(1))).as(query).isGreaterThan(Double.parseDouble(quantile.group(2)));
        });
    }

    private static JsonNode alerts() throws IOException {
        Object rules = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(Path.of("deploy/prometheus/rules.yaml")));
        return new ObjectMapper().valueToTree(rules).at("/groups/0/rules");
    }

    private static double largestBucket(String name) {
        return Pattern.compile("(?m)^" + name + "\\{.*le=\"([\\d.]+)\"").matcher(page).results()
                .mapToDouble(bucket -> Double.parseDouble(bucket.group(1))).max().orElseThrow();
    }

    private static void assertAnswered(String query) {
        String plain = query.replaceAll("\\[[^]]*]", "");
        Matcher series = SERIES.matcher(plain);
        int found = 0;
        Set<String> used = new TreeSet<>();
        Set<String> known = new TreeSet<>(ADDED);
        while (series.find()) {
            String name = series.group(1) != null ? series.group(1) : series.group(3);
            if (series.group(1) == null && !LABELS.containsKey(name) && isLabel(name)) {
                continue;
            }
            assertThat(LABELS).as(query).containsKey(name);
            found++;
            known.addAll(LABELS.get(name));
            if (series.group(2) != null) {
                MATCHER.matcher(series.group(2)).results().forEach(label -> used.add(label.group(1)));
            }
        }
        BY.matcher(plain).results().forEach(by -> used.addAll(List.of(by.group(1).split(", *"))));
        assertThat(found).as("series in " + query).isPositive();
        assertThat(known).as(query).containsAll(used);
    }

    private static boolean isLabel(String name) {
        return LABELS.values().stream().anyMatch(labels -> labels.contains(name));
    }
}
