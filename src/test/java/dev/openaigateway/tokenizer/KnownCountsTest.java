package dev.openaigateway.tokenizer;

import dev.openaigateway.tokenizer.prompt.PromptCounter;
import dev.openaigateway.tokenizer.prompt.PromptKind;
import dev.openaigateway.tokenizer.prompt.TokenEstimate;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

class KnownCountsTest {

    private final KnownCounts known = new KnownCounts(2);
    private int counted;

    @Test
    void shouldCountATextOnce() {
        assertThat(count(0, "one two")).isEqualTo(7);
        assertThat(count(0, "one two")).isEqualTo(7);

        assertThat(counted).isEqualTo(1);
    }

    @Test
    void shouldTellKindsApart() {
        count(0, "one two");
        count(1, "one two");

        assertThat(counted).isEqualTo(2);
    }

    @Test
    void shouldCompareBothHalvesOfTheDigest() {
        byte[] text = "one two".getBytes(StandardCharsets.UTF_8);

        known.of(0, text, 0, text.length, (first, second) -> new KnownCounts.Count(first, ~second, 1, text.length));
        known.of(0, text, 0, text.length, (first, second) -> new KnownCounts.Count(~first, second, 1, text.length));
        count(0, "one two");

        assertThat(counted).isEqualTo(1);
    }

    @Test
    void shouldDigestWithAKeyOfItsOwn() {
        byte[] text = "one two".getBytes(StandardCharsets.UTF_8);
        Set<Long> halves = new HashSet<>();

        for (KnownCounts each : List.of(known, new KnownCounts(2))) {
            each.of(0, text, 0, text.length, (first, second) -> {
                halves.addAll(List.of(first, second));
                return new KnownCounts.Count(first, second, 1, text.length);
            });
        }

        assertThat(halves).hasSize(4);
    }

    @Test
    void shouldForgetTheTextNotSeenForLongest() {
        // given
        count(0, "one");
        count(0, "two");
        count(0, "one");

        // when
        count(0, "three");

        // then
        counted = 0;
        count(0, "one");
        assertThat(counted).isZero();
        count(0, "two");
        assertThat(counted).isEqualTo(1);
    }

    @Test
    void shouldUseAboutAHundredthOfTheHeap() {
        assertThat(KnownCounts.slots(256L << 20)).isEqualTo(1 << 16);
        assertThat(KnownCounts.slots(1L << 40)).isEqualTo(1 << 20);
        assertThat(KnownCounts.slots(0)).isEqualTo(1 << 12);
    }

    @Test
    void shouldCountARepeatedConversationLikeTheFirstTime() {
        // given
        String tools = "\"tools\": [ {\"type\": \"function\", \"function\": {\"name\": \"f\", \"description\": \"%s\"}} ]".formatted("é\\n ".repeat(60));
        String turn = "{\"role\":\"user\",\"content\":\"%s\"}".formatted("Line \\\"one\\\"\\r\\n\\u00e9\\ud83d\\ude00\\ud83d \\/ 日本語 ".repeat(400));
        String messages = turn;

        for (int turns = 0; turns < 12; turns++) {
            // when
            byte[] body = ("{" + tools + ",\"messages\":[" + messages + "]}").getBytes(StandardCharsets.UTF_8);
            long before = KnownCounts.hits();
            TokenEstimate first = PromptCounter.count(PromptKind.CHAT, body, "gpt-4o", Optional.empty());
            TokenEstimate again = PromptCounter.count(PromptKind.CHAT, body, "gpt-4o", Optional.empty());

            // then
            assertThat(again).isEqualTo(first);
            assertThat(KnownCounts.hits()).isGreaterThan(before);
            messages += "," + turn.replace("Line", "Line " + turns);
        }
    }

    private int count(int kind, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return known.of(kind, bytes, 0, bytes.length, (first, second) -> {
            counted++;
            return new KnownCounts.Count(first, second, bytes.length, bytes.length);
        }).tokens();
    }
}
