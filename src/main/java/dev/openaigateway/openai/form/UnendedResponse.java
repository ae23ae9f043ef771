package dev.openaigateway.openai.form;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.openaigateway.openai.LooseJson;
import dev.openaigateway.openai.response.SseData;
import dev.openaigateway.openai.response.StreamEvent;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;

/**
 * Completes a response whose stream has all its items, but not the last event: some routers leave it out, and SDKs then take the response for
 * unfinished. Holds copies of the items as long as they are short and there is memory for them; otherwise nothing is completed. Not thread-safe.
 */
public final class UnendedResponse {

    /** In bytes, of all items. */
    private static final int MOST = 1024 * 1024;
    /** As much needs no reservation. */
    private static final int UNRESERVED = 16 * 1024;

    private final LongPredicate memory;
    private final List<Held> items = new ArrayList<>(0);
    private Held usage;
    private long size;
    private boolean lost;

    /** @param memory reserves a number of further bytes until the end of the call; false if there is no room for them */
    public UnendedResponse(LongPredicate memory) {
        this.memory = memory;
    }

    /**
     * Copies what the last event would repeat.
     *
     * @param bytes hold the event as the client gets it, from {@code start} to before {@code end}
     */
    public void see(StreamEvent event, byte[] bytes, int start, int end) {
        if (event.isItemDone() && !lost) {
            hold(new Held(event.type(), SseData.copyOfBytes(bytes, start, end)));
        } else if (event.usage() != null && end - start <= UNRESERVED) {
            usage = new Held(event.type(), SseData.copyOfBytes(bytes, start, end));
        }
    }

    private void hold(Held item) {
        long before = size <= UNRESERVED ? 0 : size;
        size += item.data.length;
        if (size > MOST || size > UNRESERVED && !memory.test(size - before)) {
            lose();
        } else {
            items.add(item);
        }
    }

    /** The client gets an item that cannot be held. */
    public void lose() {
        lost = true;
        items.clear();
    }

    /**
     * The event that is missing.
     *
     * @param announcement the data of the event that announced the response; anything else if it is not known
     * @param number       the number of the event in the sequence
     * @return a server-sent event; null if the response is not known
     */
    public byte[] lastEvent(byte[] announcement, long number) {
        long known = announcement.length + size;
        if (lost || items.isEmpty() || known > UNRESERVED && !memory.test(JsonAsStream.COPIES * known)) {
            return null;
        }
        ResponseParts parts = new ResponseParts();
        add(new Held("response.created", announcement), parts);
        items.forEach(item -> add(item, parts));
        if (usage != null) {
            add(usage, parts);
        }
        ObjectNode event = JsonAsStream.object().put("type", "response." + parts.status()).put("sequence_number", number);
        return parts.isAnnounced() ? JsonAsStream.event(event.set("response", parts.whole())) : null;
    }

    private static void add(Held held, ResponseParts parts) {
        if (LooseJson.tree(held.data) instanceof ObjectNode event) {
            parts.add(held.type, event);
        }
    }

    private record Held(String type, byte[] data) {
    }
}
