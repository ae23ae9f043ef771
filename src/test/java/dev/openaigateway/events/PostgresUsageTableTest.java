package dev.openaigateway.events;

import dev.openaigateway.support.PostgresProcess;
import dev.openaigateway.support.ProcessTest;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** Usage records in a real PostgreSQL, including one that fails. */
@ProcessTest
class PostgresUsageTableTest extends UsageTableContract {

    private static final Duration STOPPED_WITHIN = Duration.ofSeconds(20);
    private static PostgresProcess postgres;

    private String user = PostgresProcess.USER;
    private Map<String, String> timeouts = Map.of();

    @BeforeAll
    static void startDatabase() {
        postgres = PostgresProcess.started();
    }

    @AfterAll
    static void stopDatabase() {
        if (postgres != null) {
            postgres.close();
        }
    }

    @BeforeEach
    void dropTable() {
        postgres.start();
        postgres.run("drop table if exists gateway_usage");
    }

    @Override
    TestGateway.Builder database(TestGateway.Builder builder) {
        timeouts.forEach((setting, time) -> builder.property("camel.beans.usageDatabase." + setting, time));
        return builder.property("events.sql.url", postgres.url()).property("events.sql.user", user)
                .property("events.sql.password", PostgresProcess.PASSWORD);
    }

    @Test
    void shouldLoseNoRecordWhenTwoGatewaysCreateTheTableAtOnce() {
        // given
        TestGateway one = start();
        TestGateway two = start();

        for (int round = 0; round < 40; round++) {
            postgres.run("drop table if exists gateway_usage");

            // when
            CompletableFuture.allOf(CompletableFuture.runAsync(() -> one.chat("gpt-4o")),
                    CompletableFuture.runAsync(() -> two.chat("gpt-4o"))).join();

            // then
            await(() -> failed(one) + failed(two) > 0 || lastHour(one, "metric=requests") == 2);
            assertThat(failed(one) + failed(two)).isZero();
        }
    }

    @Test
    void shouldCountARecordThatTheDatabaseRefuses() {
        // given
        TestGateway gateway = start();

        // when
        gateway.chat("nul\\u0000byte");
        gateway.chat("gpt-4o");

        // then
        await(() -> lastHour(gateway, "metric=requests") == 1);
        assertThat(failed(gateway)).isEqualTo(1);
    }

    @Test
    void shouldLoseOnlyRecordsWhileTheDatabaseIsUnavailable() {
        // given
        timeouts = Map.of("connectionTimeout", "1500");
        TestGateway gateway = start();
        gateway.chat("gpt-4o");
        await(() -> lastHour(gateway, "metric=requests") == 1);

        // when
        postgres.stop();
        long slowest = thirdSlowestOf20(gateway);
        await(() -> failed(gateway) > 0);
        HttpResponse<String> history = gateway.get("/stats/usage?window=7200&metric=requests");
        postgres.start();

        // then
        assertThat(slowest).isLessThan(1000);
        assertThat(history.statusCode()).isEqualTo(503);
        assertThat(history.body()).contains("usage_records_unavailable");
        gateway.chat("gpt-4o");
        await(() -> lastHour(gateway, "metric=requests") + failed(gateway) == 22);
        assertThat(lastHour(gateway, "metric=requests")).as("the queued records and the last one").isGreaterThan(1);
    }

    @Test
    void shouldWriteWhenTheDatabaseBecomesAvailableAfterStart() {
        // given
        timeouts = Map.of("connectionTimeout", "1500");
        postgres.stop();
        TestGateway gateway = start();
        gateway.chat("gpt-4o");
        await(() -> failed(gateway) == 1);

        // when
        postgres.start();
        gateway.chat("gpt-4o");

        // then
        await(() -> lastHour(gateway, "metric=requests") == 1);
        assertThat(failed(gateway)).isEqualTo(1);
    }

    @Test
    void shouldKeepRecordsForADatabaseThatHangsForAWhile() {
        // given
        TestGateway gateway = start();
        gateway.chat("gpt-4o");
        await(() -> lastHour(gateway, "metric=requests") == 1);

        // when
        postgres.pause();
        long slowest = thirdSlowestOf20(gateway);
        postgres.resume();

        // then
        assertThat(slowest).isLessThan(1000);
        await(() -> lastHour(gateway, "metric=requests") == 21);
        assertThat(failed(gateway)).isZero();
    }

    @Test
    void shouldNotNeedTheRightToCreateAnExistingTable() {
        // given
        TestGateway owner = start();
        owner.chat("gpt-4o");
        await(() -> lastHour(owner, "metric=requests") == 1);
        postgres.run("drop role if exists gateway; create role gateway login password '" + PostgresProcess.PASSWORD + "'");
        postgres.run("grant select, insert on gateway_usage to gateway");

        // when
        user = "gateway";
        TestGateway gateway = start();
        gateway.chat("gpt-4o");

        // then
        await(() -> lastHour(gateway, "metric=requests") == 2);
        postgres.run("drop owned by gateway; drop role gateway");
    }

    @Test
    void shouldStopWhileTheDatabaseHangs() throws InterruptedException {
        // given
        timeouts = Map.of("connectionTimeout", "1500", "dataSourceProperties[socketTimeout]", "2");
        TestGateway gateway = start();
        gateway.chat("gpt-4o");
        await(() -> lastHour(gateway, "metric=requests") == 1);
        postgres.pause();
        gateway.chat("gpt-4o");
        gateway.chat("gpt-4o");

        // when
        Thread stopping = new Thread(gateway::close, "stopping");
        stopping.start();
        stopping.join(STOPPED_WITHIN.toMillis());
        boolean stopped = !stopping.isAlive();
        postgres.resume();

        // then
        assertThat(stopped).isTrue();
    }

    /** In milliseconds. The two slowest may be due to pauses of the machine. */
    private static long thirdSlowestOf20(TestGateway gateway) {
        return IntStream.range(0, 20).mapToLong(i -> {
            long begun = System.nanoTime();
            assertThat(gateway.chat("gpt-4o").statusCode()).isEqualTo(200);
            return Duration.ofNanos(System.nanoTime() - begun).toMillis();
        }).sorted().toArray()[17];
    }
}
