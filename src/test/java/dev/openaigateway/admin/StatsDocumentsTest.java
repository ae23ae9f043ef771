package dev.openaigateway.admin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.openaigateway.support.Reply;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class StatsDocumentsTest extends OperatedGateway {

    @BeforeEach
    void serveFour() {
        gateway.chat("gpt-4o");
        gateway.chat("gpt-4o-mini");
        east.enqueue(Reply.error(500, "boom", "out of order"));
        gateway.chat("gpt-4o");
        gateway.chat("no-such-model");
    }

    @Test
    void shouldTotalTheWindow() {
        JsonNode stats = document("/stats");

        assertThat(stats.at("/window_minutes").asInt()).isEqualTo(5);
        assertThat(stats.at("/total/requests").asInt()).isEqualTo(4);
        assertThat(stats.at("/total/errors").asInt()).isEqualTo(1);
        assertThat(stats.at("/total/retries").asInt()).isEqualTo(1);
        assertThat(stats.at("/total/errors_by_kind/model_not_found").asInt()).isEqualTo(1);
        assertThat(stats.at("/total/failed_attempts_by_kind/server_error").asInt()).isEqualTo(1);
        assertThat(stats.at("/instances/west/requests").asInt()).isEqualTo(2);
        assertThat(stats.at("/models/gpt-4o/requests").asInt()).isEqualTo(2);
        assertThat(stats.at("/models/no-such-model").isMissingNode()).isTrue();
        assertThat(stats.at("/clients/anonymous/requests").asInt()).isEqualTo(4);
    }

    @Test
    void shouldCountFailedAttemptsOfEveryKindOfName() {
        JsonNode stats = document("/stats");

        for (String part : List.of("/total", "/instances/east", "/models/gpt-4o", "/clients/anonymous")) {
            assertThat(stats.at(part + "/failed_attempts").asInt()).as(part).isEqualTo(1);
            assertThat(stats.at(part + "/failed_attempts_by_kind/server_error").asInt()).as(part).isEqualTo(1);
        }
        assertThat(stats.at("/instances/west/failed_attempts").asInt()).isZero();
        assertThat(document("/admin/overview").at("/last_minute/failed_attempts").asInt()).isEqualTo(1);
    }

    @Test
    void shouldRespondUnderItsPathWithASlashToo() {
        assertThat(document("/stats/")).isEqualTo(document("/stats"));
    }

    @Test
    void shouldShowEveryWindow() {
        JsonNode windows = document("/stats/windows").at("/windows");

        List<String> minutes = new ArrayList<>();
        windows.fieldNames().forEachRemaining(minutes::add);
        assertThat(minutes).containsExactly("5", "15", "30", "60");
        assertThat(windows.at("/60/total/requests").asInt()).isEqualTo(4);
    }

    @Test
    void shouldKeepALongerWindowAfterAReload() throws IOException {
        // given
        clock.advance(Duration.ofMinutes(70));
        gateway.chat("gpt-4o");
        Files.writeString(gateway.settingsFile(), settings() + "\nmonitoring: { additional_windows: [120] }\n");
        gateway.post("/config/reload", "");
        // when
        clock.advance(Duration.ofMinutes(65));
        gateway.chat("gpt-4o");
        // then
        JsonNode window = document("/stats/windows").at("/windows/120");
        assertThat(window.at("/window_minutes").asInt()).isEqualTo(120);
        assertThat(window.at("/total/requests").asInt()).as("one within the last hour before the reload, one after it").isEqualTo(2);
        assertThat(window.at("/instances/east/requests").asInt()).isEqualTo(2);
        assertThat(gateway.get("/stats/usage?window=120").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldShowTheWindowsOfEachInstance() {
        JsonNode all = document("/stats/instances").at("/instances");
        JsonNode west = document("/stats/instances?instance=west").at("/instances");

        assertThat(all).hasSize(2);
        assertThat(west).hasSize(1);
        assertThat(west.at("/0/name").asText()).isEqualTo("west");
        assertThat(west.at("/0/windows/15/requests").asInt()).isEqualTo(2);
    }

    @Test
    void shouldSuggestTheNearestInstanceForAnUnknownOne() {
        JsonNode error = json(gateway.get("/stats/instances?instance=wets"), 404).at("/error");

        assertThat(error.at("/code").asText()).isEqualTo("instance_not_found");
        assertThat(error.at("/message").asText()).contains("Did you mean 'west'?");
    }

    @Test
    void shouldReturnUsageByTheMinute() {
        JsonNode usage = document("/stats/usage?metric=tokens&window=60");

        assertThat(usage.at("/metric").asText()).isEqualTo("tokens");
        assertThat(usage.at("/points")).hasSize(60);
        assertThat(usage.at("/points/59/value").asInt()).isEqualTo(63);
        assertThat(usage.at("/points/59/prompt").asInt()).isEqualTo(27);
        assertThat(usage.at("/points/0/value").asInt()).isZero();
    }

    @Test
    void shouldReturnUsageOfOneInstanceModelOrClient() {
        assertThat(last("metric=requests&window=5&instance=east")).isEqualTo(1);
        assertThat(last("metric=requests&window=5&model=gpt-4o-mini")).isEqualTo(1);
        assertThat(last("metric=errors&window=5&client=anonymous")).isEqualTo(1);
        assertThat(document("/stats/usage?metric=latency&window=5").at("/points/4/p99").isNumber()).isTrue();
    }

    @Test
    void shouldRefuseUnknownMetricsAndWindows() {
        assertThat(json(gateway.get("/stats/usage?metric=joy"), 400).at("/error/param").asText()).isEqualTo("metric");
        assertThat(json(gateway.get("/stats/usage?window=0"), 400).at("/error/param").asText()).isEqualTo("window");
        assertThat(json(gateway.get("/stats/usage?window=soon"), 400).at("/error/param").asText()).isEqualTo("window");
        assertThat(json(gateway.get("/stats/usage?window=61"), 400).at("/error/param").asText()).isEqualTo("window");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "instance=east&client=anonymous            | client   | must be the only filter here",
        "instance=east&model=gpt-4o&client=nobody  | client   | must be the only filter here",
        "model=gpt-4o&instance=east                | model    | must be the only filter here",
        "instance=wets                             | instance | instance must be a name of the settings or of a recent request, not 'wets'; known are east, west; did you mean 'west'?",
        "instance=east&instance=west               | instance | must be given once.",
        "instnace=east                             | instnace | did you mean 'instance'?"})
    void shouldRefuseFiltersThatCannotBeAnswered(String query, String parameter, String message) {
        JsonNode error = json(gateway.get("/stats/usage?" + query), 400).at("/error");

        assertThat(error.at("/param").asText()).isEqualTo(parameter);
        assertThat(error.at("/message").asText()).contains(message);
    }

    @Test
    void shouldShowZerosOfAnInstanceThatWasNotUsed() {
        clock.advance(Duration.ofMinutes(10));

        assertThat(last("metric=requests&window=5&instance=west")).isZero();
        assertThat(last("metric=requests&window=5&client=nobody")).as("clients need not be in the settings").isZero();
    }

    private int last(String query) {
        return document("/stats/usage?" + query).at("/points/4/value").asInt();
    }
}
