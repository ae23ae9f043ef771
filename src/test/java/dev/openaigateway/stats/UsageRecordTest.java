package dev.openaigateway.stats;

import dev.openaigateway.call.CallLabels;
import dev.openaigateway.openai.AttemptReport;
import dev.openaigateway.openai.Usage;
import dev.openaigateway.stats.UsageRecord.Routing;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class UsageRecordTest {

    private static final String LONG = "\ud83d\ude00".repeat(100_000);

    @Test
    void shouldBoundEachTextThatTheGatewayDoesNotChoose() {
        List<AttemptReport> attempts = Collections.nCopies(1_000, new AttemptReport("east", LONG, 500, "server_error", LONG, false, 1));
        UsageRecord record = new UsageRecord(Instant.EPOCH, "req-1", "alice", LONG, 500, LONG, false, new Usage(0, 0), Duration.ZERO, null,
                new Routing("routing/cheap", "east", LONG, 1_000, attempts, null), new CallLabels("chat/completions", LONG, LONG, null));

        assertThat(record.fields().values().stream().mapToInt(value -> String.valueOf(value).length())).allMatch(length -> length <= 30 * 600);
        assertThat(record.model()).isEqualTo(LONG.substring(0, 512));
        assertThat(record.errorKind()).hasSize(128);
        assertThat(record.tried()).hasSize(30);
        assertThat(record.tried().get(0)).containsEntry("reason", LONG.substring(0, 2_000));
        assertThat(record.fields()).containsEntry("attempts", 1_000);
    }

    @Test
    void shouldCutNoCharacterInTwo() {
        UsageRecord record = UsageSamples.at(Instant.EPOCH).model("x" + LONG).record();

        assertThat(record.model()).hasSize(511);
        assertThat(new CallLabels("chat/completions", null, "x" + LONG, null).session()).hasSize(255);
    }
}
