package dev.openaigateway.openai.sse;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import static org.assertj.core.api.Assertions.assertThat;

class SseFramerTest {

    private static final List<String> EVENTS = List.of("data: a\n\n", ": comment\n\n", "\n", "data: \u00e9\u4f60\r\n\r\n",
            "event: x\ndata: 1\ndata: 2\n\n", "data: b\r\r", "id\r\ndata: c\r\n\r\n", "data: d\n\n");

    /** If a piece ends between a carriage return and its line feed, the event ends there; the next begins with the line feed. */
    @Property(tries = 200)
    void shouldFindTheSameEventsForAnyPieceSize(@ForAll @IntRange(min = 1, max = 40) int size) {
        byte[] all = String.join("", EVENTS).getBytes(StandardCharsets.UTF_8);

        String found = String.join("|", events(all, size));

        assertThat(found.replace("|", "")).isEqualTo(String.join("", EVENTS));
        assertThat(found.replace("\r|\n", "\r\n|").replace("||", "|")).isEqualTo(String.join("|", EVENTS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"data: x", "data: x\n", "data: x\r\n", ": comment"})
    void shouldWaitForTheBlankLine(String part) {
        assertThat(events(part.getBytes(StandardCharsets.UTF_8), 100)).isEmpty();
    }

    @Test
    void shouldTellALackOfMemoryFromALongEvent() {
        SseFramer scarce = new SseFramer(bytes -> false);
        SseFramer ample = new SseFramer(bytes -> true, 30_000);
        byte[] piece = "data: x".repeat(5_000).getBytes(StandardCharsets.UTF_8);
        scarce.append(piece, piece.length);
        ample.append(piece, piece.length);

        assertThat(scarce.lacksMemory()).isTrue();
        assertThat(ample.lacksMemory()).isFalse();
        assertThat(ample.overlong()).isTrue();
    }

    @Test
    void shouldBufferNoMoreThanOneMegabyteOfAnEvent() {
        SseFramer buffer = new SseFramer(bytes -> true);
        byte[] piece = "x".repeat(64 * 1024).getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < 1000; i++) {
            buffer.append(piece, piece.length);
            assertThat(buffer.nextEnd()).isEqualTo(-1);
            if (buffer.overlong()) {
                buffer.consume(buffer.size());
            }
        }

        assertThat(buffer.bytes().length).isLessThanOrEqualTo(4 * 1024 * 1024);
    }

    @Test
    void shouldBeginSmallAndReserveWhatIsMoreThanUsual() {
        AtomicLong reserved = new AtomicLong();
        SseFramer buffer = new SseFramer(bytes -> reserved.addAndGet(bytes) >= 0);
        assertThat(buffer.bytes().length).isLessThanOrEqualTo(4 * 1024);
        byte[] piece = new byte[1024];

        for (int i = 0; i < 16; i++) {
            buffer.append(piece, piece.length);
        }
        assertThat(reserved).hasValue(0);
        buffer.append(piece, piece.length);

        assertThat(reserved).hasValue(buffer.bytes().length - 16 * 1024);
        assertThat(buffer.size()).isEqualTo(17 * 1024);
    }

    private static List<String> events(byte[] all, int pieceSize) {
        SseFramer buffer = new SseFramer(bytes -> true);
        List<String> events = new ArrayList<>();
        for (int from = 0; from < all.length; from += pieceSize) {
            int length = Math.min(pieceSize, all.length - from);
            byte[] piece = new byte[length];
            System.arraycopy(all, from, piece, 0, length);
            buffer.append(piece, length);
            for (int end = buffer.nextEnd(); end >= 0; end = buffer.nextEnd()) {
                events.add(new String(buffer.bytes(), buffer.start(), end - buffer.start(), StandardCharsets.UTF_8));
                buffer.consume(end);
            }
        }
        return events;
    }
}
