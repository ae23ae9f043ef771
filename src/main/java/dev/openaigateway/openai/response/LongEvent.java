package dev.openaigateway.openai.response;

import dev.openaigateway.openai.Usage;
import dev.openaigateway.openai.usage.MemberTap;
import dev.openaigateway.openai.usage.UsageTap;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Reads an event that is too long to be held, such as the last one of an image, while its bytes pass: its type, usage, service
 * tier and finish reason. Not thread-safe.
 */
public final class LongEvent {

    private static final String TYPE = "type";
    private static final String USAGE = "usage";
    private static final String TIER = "service_tier";
    private static final String INDEX = "index";
    private static final String FINISH = "finish_reason";
    private static final int OF_ROOT = 1;
    private static final int OF_RESPONSE = 2;
    private static final int OF_CHOICE = 3;

    private final MemberTap members = new MemberTap(Map.of(TYPE, OF_ROOT, USAGE, OF_RESPONSE, TIER, OF_RESPONSE, INDEX, OF_CHOICE, FINISH, OF_CHOICE));

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
            choices.see(index(), !finish.isEmpty());
        }
        Usage usage = UsageTap.read(members.value(USAGE), members.value(TIER));
        return new StreamEvent(null, true, false, text(TYPE), choices, usage, null, null);
    }

    private int index() {
        byte[] value = members.value(INDEX);
        String number = value == null ? "" : new String(value, StandardCharsets.US_ASCII).strip();
        return number.matches("[0-9]{1,4}") ? Integer.parseInt(number) : 0;
    }

    /** Null if the member is absent or not a string. */
    private String text(String member) {
        byte[] value = members.value(member);
        String json = value == null ? "" : new String(value, StandardCharsets.UTF_8).strip();
        return json.length() < 2 || json.charAt(0) != '"' ? null : json.substring(1, json.length() - 1);
    }
}
