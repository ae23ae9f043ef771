package dev.openaigateway.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestClock;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

import static org.assertj.core.api.Assertions.assertThat;

/** What usage records in a database are good for, whichever database it is. */
@GatewayTest
abstract class UsageTableContract {

    private static final ObjectMapper JSON = new ObjectMapper();

    final TestClock clock = new TestClock();
    final ScriptedUpstream east = ScriptedUpstream.start();
    private final List<TestGateway> gateways = new ArrayList<>();

    /** A database without the table, written to by gateways that are built so. */
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
        assertThat(lastHour(gateway, "metric=requests&client=nobody")).isZero();
    }

    @Test
    void shouldKeepARequestOfWhichLittleIsKnown() {
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
    void shouldTakeRecordsOfSeveralGateways() {
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

    /** The newest of 120 points of an hour each. */
    static double lastHour(TestGateway gateway, String question) {
        return usage(gateway, question).at("/points/119/value").asDouble();
    }

    /** Records that the database did not take. */
    static double failed(TestGateway gateway) {
        return metric(gateway, "gateway_events_failed_total");
    }

    static double metric(TestGateway gateway, String name) {
        return gateway.get("/metrics").body().lines().filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1))).sum();
    }

    static void await(BooleanSupplier condition) {
        Eventually.holds("the table says so", condition);
    }

    private static JsonNode usage(TestGateway gateway, String question) {
        try {
            return JSON.readTree(gateway.get("/stats/usage?window=7200&" + question).body());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
