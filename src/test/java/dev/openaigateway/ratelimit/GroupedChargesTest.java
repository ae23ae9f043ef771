package dev.openaigateway.ratelimit;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

import static org.assertj.core.api.Assertions.assertThat;

class GroupedChargesTest {

    private static final long BUCKET = 100;
    private static final long NOW = 100_500;

    private final GroupedCharges group = new GroupedCharges(List.of(
            List.of(Charge.tokens("gateway", 10, 1000)),
            List.of(Charge.tokens("client:a", 20, 500), Charge.tokens("gateway", 20, 900))));

    @Test
    void shouldSendTheSumAndTheLowestLimitOfEachWindow() {
        // when
        List<Object> arguments = new ArrayList<>();
        group.addTo(arguments);

        // then
        assertThat(group.scopes()).containsExactly("gateway", "client:a");
        assertThat(arguments).containsExactly(30L, 900L, 20L, 500L, "1 1 10 1000 2 2 20 500 1 20 900 ", 2);
    }

    @Test
    void shouldDeriveWhatEachRequestLeavesFromTheTotals() {
        // when
        List<RedisReply> replies = group.replies(List.of(BUCKET, NOW, 7L, 1L, 130L, 60L));

        // then
        assertThat(replies).containsExactly(
                new RedisReply(admitted(List.of(890L)), 7, NOW), new RedisReply(admitted(List.of(440L, 770L)), 8, NOW));
    }

    @Test
    void shouldReadTheDecisionOfEachRequestIfNotAllFit() {
        // when
        List<RedisReply> replies = group.replies(List.of(BUCKET, NOW, 7L, 0L, 1L, 5L, 0L, 2L, -95L, 60_000L));

        // then
        assertThat(replies).containsExactly(new RedisReply(admitted(List.of(5L)), 7, NOW), new RedisReply(
                new Decision.Refused(Charge.tokens("gateway", 20, 900), -95, OptionalLong.of(60_000)), 8, NOW));
    }

    private static Decision admitted(List<Long> remaining) {
        return new Decision.Admitted(BUCKET, Decision.Location.SHARED, remaining, 60_500);
    }
}
