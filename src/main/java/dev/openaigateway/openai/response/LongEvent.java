package dev.openaigateway.openai.response;

import dev.openaigateway.openai.FinishReason;
import dev.openaigateway.openai.Usage;
import dev.openaigateway.openai.response.errors.FinishedItem;
import dev.openaigateway.openai.usage.MemberTap;
import dev.openaigateway.openai.usage.UsageTap;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Reads an event that is too long to be held, such as the last one of an image, while its bytes pass: its type, usage, service
 * tier, finish reason and the id of the response. Not thread-safe.
 */
public final class LongEvent {

    /** In bytes. The type is before what makes an event long. */
    private static final int BEGINNING = 4 * 1024;
    private static final String TYPE = "type";
    private static final String ID = "id";
    private static final String USAGE = "usage";
    private static final String TIER = "service_tier";
    private static final String INDEX = "index";
    private static final String FINISH = "finish_reason";
    private static final int OF_ROOT = 1;
    private static final int OF_RESPONSE = 2;
    private static final int OF_CHOICE = 3;

    private final MemberTap members = new MemberTap(Map.of(TYPE, OF_ROOT, ID, OF_RESPONSE, USAGE, OF_RESPONSE, TIER, OF_RESPONSE, INDEX, OF_CHOICE, FINISH, OF_CHOICE));

    /**
     * The type of an event that may be incomplete.
     *
     * @param bytes hold the event from its first line on, from {@code start} to before {@code end}
     * @return null if neither the beginning of its data nor a line before it names the type
     */
    public static String type(byte[] bytes, int start, int end) {
        int to = Math.min(end, start + BEGINNING);
        LongEvent beginning = new LongEvent();
        beginning.see(bytes, start, to);
        String type = beginning.text(TYPE);
        SseData data = SseData.in(bytes, start, to);
        return type == null && data != null ? data.name() : type;
    }

    /** Scans the next bytes of the event. */
    public void see(byte[] bytes, int from, int to) {
        members.see(bytes, from, to);
    }

    /** Whether the data of the event was seen to its end. */
    public boolean isComplete() {
        return members.isComplete();
    }

    /** What was read. The event always counts as content. */
    public StreamEvent event() {
        Choices choices = new Choices();
        String finish = text(FINISH);
        if (finish != null) {
            choices.see(index(), FinishReason.isOne(finish));
        }
        Usage usage = UsageTap.read(members.value(USAGE), members.value(TIER));
        String type = text(TYPE);
        return new StreamEvent(null, true, false, type, choices, usage, hasResponse(type) ? text(ID) : null,
                StreamEvent.isItemDone(type) ? new FinishedItem(FinishedItem.NO_INDEX, null, null) : null, false, null);
    }

    /** Whether the one object in the event is a response. */
    private static boolean hasResponse(String type) {
        return type != null && (StreamEvent.isPreamble(type) || TypedStream.RESPONSE.isEnd(type));
    }

    private int index() {
        byte[] value = members.value(INDEX);
        String number = value == null ? "" : new String(value, StandardCharsets.US_ASCII).replace('"', ' ').strip();
        return number.matches("[0-9]{1,4}") ? Integer.parseInt(number) : 0;
    }

    /** Null if the member is absent or not a string. */
    private String text(String member) {
        byte[] value = members.value(member);
        String json = value == null ? "" : new String(value, StandardCharsets.UTF_8).strip();
        return json.length() < 2 || json.charAt(0) != '"' ? null : json.substring(1, json.length() - 1);
    }
}
