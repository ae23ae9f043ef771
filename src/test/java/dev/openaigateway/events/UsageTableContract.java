package dev.openaigateway.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.openaigateway.stats.RecentRequests;
import dev.openaigateway.stats.RequestQuery;
import dev.openaigateway.stats.UsageSamples;
import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestClock;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import javax.sql.DataSource;
import java.io.IOException;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

import static org.assertj.core.api.Assertions.assertThat;

/** The contract of usage records in any supported database. */
@GatewayTest
abstract class UsageTableContract {

    private static final ObjectMapper JSON = new ObjectMapper();

    final TestClock clock = new TestClock();
    final ScriptedUpstream east = ScriptedUpstream.start();
    private final List<TestGateway> gateways = new ArrayList<>();

    /** Configures gateways for a database without the table. */
    abstract TestGateway.Builder database(TestGateway.Builder builder);

    final TestGateway start() {
        TestGateway gateway = database(TestGateway.builder().clock(clock).property("events.sql.enabled", "true").settings("""
                admin: { watch_files: false }
                instances: [ { name: east, provider_type: generic, api_key: k, api_base: "%s" } ]
                """.formatted(east.uri()))).start();
        gateways.add(gateway);
        return gateway;
    }

    @AfterEach
    void stop() {
        gateways.forEach(TestGateway::close);
        east.close();
    }

    @Test
    void shouldKeepUsageInATableAndReadLongRangesFromIt() {
        // given
        TestGateway gateway = start();
        assertThat(lastHour(gateway, "metric=requests")).as("no table yet").isZero();

        // when
        gateway.chat("gpt-4o");
        clock.advance(Duration.ofDays(2));
        gateway.chat("gpt-4o");
        gateway.chat("gpt-5");

        // then
        await(() -> lastHour(gateway, "metric=requests") == 2);
        JsonNode usage = usage(gateway, "metric=requests");
        assertThat(usage.at("/interval_seconds").asInt()).isEqualTo(3600);
        assertThat(usage.at("/points")).hasSize(120);
        assertThat(usage.at("/points/71/value").asInt()).isEqualTo(1);
        assertThat(lastHour(gateway, "metric=tokens&model=gpt-5")).isEqualTo(21);
        assertThat(lastHour(gateway, "metric=errors&instance=east")).isZero();
        assertThat(lastHour(gateway, "metric=latency&client=anonymous")).isPositive();
        assertThat(lastHour(gateway, "metric=requests&client=unknown")).isZero();
        assertThat(lastHour(gateway, "metric=requests&client=anonymous&model=gpt-5&instance=east")).isEqualTo(1);
        assertThat(read(gateway, "/stats/usage?window=5&client=anonymous&model=gpt-5").at("/points/4/value").asInt()).as("a window that fits in memory").isEqualTo(1);
        assertThat(read(gateway, "/stats/usage?window=5&client=bob&model=gpt-5").at("/points/4/value").asInt(-1)).isZero();
    }

    @Test
    void shouldKeepARequestWithFewFields() {
        // given
        TestGateway gateway = start();

        // when
        gateway.post("/v1/chat/completions", "not JSON");

        // then
        await(() -> lastHour(gateway, "metric=errors") == 1);
        assertThat(lastHour(gateway, "metric=tokens")).isZero();
    }

    @Test
    void shouldKeepARequestWhoseModelHasAnyName() {
        // given
        TestGateway gateway = start();

        // when
        gateway.chat("long".repeat(200));
        gateway.chat("'; drop table gateway_usage; --");

        // then
        await(() -> lastHour(gateway, "metric=requests") + failed(gateway) == 2);
        assertThat(failed(gateway)).isZero();
    }

    @Test
    void shouldAcceptRecordsOfSeveralGateways() {
        // given
        TestGateway one = start();
        TestGateway two = start();

        // when
        one.chat("gpt-4o");
        await(() -> lastHour(two, "metric=requests") == 1);
        two.chat("gpt-4o");

        // then
        await(() -> lastHour(one, "metric=requests") == 2);
    }

    @Test
    void shouldListStoredRequestsOfAllGateways() {
        // given
        TestGateway one = start();
        TestGateway two = start();
        assertThat(requests(one, "").at("/data")).as("no table yet").isEmpty();

        // when
        east.enqueue(Reply.json(200, "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"x\"}}],\"service_tier\":\"flex\","
                + "\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":4,\"prompt_tokens_details\":{\"cached_tokens\":7}}}").header("x-request-id", "up-1"));
        one.chat("gpt-4o", "x-request-id", "first", "user-agent", "test/1", "x-session-id", "s-1");
        await(() -> lastHour(two, "metric=requests") == 1);
        clock.advance(Duration.ofMillis(5));
        two.chat("gpt-5", "x-request-id", "second");
        await(() -> lastHour(one, "metric=requests") == 2);

        // then
        JsonNode page = requests(two, "?limit=1&status=2xx&since=" + clock.instant().minusSeconds(60));
        JsonNode first = requests(two, "?cursor=" + page.path("next_cursor").asText()).at("/data/0");
        assertThat(page.at("/data/0/request_id").asText()).isEqualTo("second");
        assertThat(first.path("request_id").asText()).isEqualTo("first");
        assertThat(first.path("stream").isBoolean()).isTrue();
        assertThat(List.of("upstream_request_id", "user_agent", "session", "service_tier", "rule"))
                .extracting(name -> first.path(name).asText()).containsExactly("up-1", "test/1", "s-1", "flex", "routing/routing-policy");
        assertThat(first.path("cached_tokens").asInt()).isEqualTo(7);
        assertThat(first.at("/tried/0/status").asInt()).isEqualTo(200);
        assertThat(first.fieldNames()).toIterable().as("those of requests in memory").containsExactlyInAnyOrderElementsOf(inMemory());
        assertThat(requests(one, "?model=gpt-5&client=anonymous&instance=east").at("/data")).hasSize(1);
        assertThat(one.get("/admin/requests?cursor=17").statusCode()).isEqualTo(400);
        assertThat(two.get("/admin/requests?model=gpt-50").body()).contains("did you mean 'gpt-5'?");
    }

    private static Set<String> inMemory() {
        RecentRequests memory = new RecentRequests(1);
        memory.add(UsageSamples.at(Instant.EPOCH).record());
        return memory.read(new RequestQuery(null, null, null, 0, 999, Instant.EPOCH, 1, null)).requests().get(0).keySet();
    }

    /** The table of an earlier version gets the columns that it lacks, and keeps its rows. */
    @Test
    void shouldExtendATableOfAnEarlierVersion() throws Exception {
        // given
        TestGateway gateway = start();
        DataSource database = gateway.main().getCamelContext().getRegistry().lookupByNameAndType("usageDatabase", DataSource.class);
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement()) {
            statement.execute("create table gateway_usage (ended bigint, request_id text, client text, operation text, model text, instance text, "
                    + "attempts integer, status integer, error text, stream boolean, prompt_tokens bigint, completion_tokens bigint, "
                    + "duration_ms double precision, first_token_ms double precision)");
            statement.execute("insert into gateway_usage values (" + clock.instant().minusSeconds(60).getEpochSecond()
                    + ", 'old', 'a', 'o', 'm', 'i', 1, 200, null, false, 1, 2, 3, 4)");
        }

        // when
        assertThat(requests(gateway, "").at("/data")).hasSize(1);
        assertThat(usage(gateway, "metric=requests").at("/points")).hasSize(120);
        gateway.chat("gpt-4o", "x-request-id", "new");

        // then
        await(() -> requests(gateway, "").at("/data").size() == 2);
        JsonNode list = requests(gateway, "");
        assertThat(list.at("/data/0/request_id").asText()).isEqualTo("new");
        assertThat(list.at("/data/1/request_id").asText()).isEqualTo("old");
        assertThat(list.at("/data/1/tried")).isEmpty();
    }

    private static JsonNode requests(TestGateway gateway, String query) {
        return read(gateway, "/admin/requests" + query);
    }

    /** The latest of 120 hourly points. */
    static double lastHour(TestGateway gateway, String query) {
        return usage(gateway, query).at("/points/119/value").asDouble();
    }

    /** Records that the database did not accept. */
    static double failed(TestGateway gateway) {
        return metric(gateway, "gateway_events_failed_total");
    }

    static double metric(TestGateway gateway, String name) {
        return gateway.get("/metrics").body().lines().filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1))).sum();
    }

    static void await(BooleanSupplier condition) {
        Eventually.holds("the table has the expected records", condition);
    }

    private static JsonNode usage(TestGateway gateway, String query) {
        return read(gateway, "/stats/usage?window=7200&" + query);
    }

    private static JsonNode read(TestGateway gateway, String path) {
        try {
            return JSON.readTree(gateway.get(path).body());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
