package dev.openaigateway.openai.form;

import dev.openaigateway.openai.response.StreamEvent;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

import static org.assertj.core.api.Assertions.assertThat;

/** What the items of a response may take of the memory until its stream has ended. */
class UnendedResponseMemoryTest {

    private static final byte[] CREATED = "{\"type\":\"response.created\",\"response\":{\"id\":\"r\"}}".getBytes(StandardCharsets.UTF_8);

    @Test
    void shouldReserveNothingForShortItems() {
        UnendedResponse response = new UnendedResponse(bytes -> false);
        see(response, 1000);

        assertThat(new String(response.lastEvent(CREATED, 5), StandardCharsets.UTF_8)).contains("\"sequence_number\":5", "\"id\":\"r\"");
    }

    @Test
    void shouldReserveAllItemsAndWhatIsMadeOfThem() {
        AtomicLong reserved = new AtomicLong();
        UnendedResponse response = new UnendedResponse(bytes -> reserved.addAndGet(bytes) > 0);
        see(response, 10_000);
        assertThat(reserved.get()).isZero();
        see(response, 10_000);
        see(response, 10_000);
        long held = reserved.get();
        assertThat(held).isBetween(30_000L, 31_000L);

        assertThat(response.lastEvent(CREATED, 5)).hasSizeGreaterThan(30_000);
        assertThat(reserved.get()).isEqualTo(held + JsonAsStream.COPIES * (held + CREATED.length));
    }

    @Test
    void shouldCompleteNothingWithoutMemory() {
        UnendedResponse response = new UnendedResponse(bytes -> false);
        see(response, 20_000);
        see(response, 100);

        assertThat(response.lastEvent(CREATED, 5)).isNull();
    }

    private static void see(UnendedResponse response, int length) {
        String data = "{\"type\":\"response.output_item.done\",\"item\":{\"type\":\"message\",\"text\":\"" + "x".repeat(length) + "\"}}";
        byte[] event = ("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8);
        response.see(StreamEvent.read(event, 6, data.length(), null), event, 0, event.length);
    }
}
