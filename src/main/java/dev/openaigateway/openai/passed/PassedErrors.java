package dev.openaigateway.openai.passed;

import dev.openaigateway.json.JsonByteWalker;
import dev.openaigateway.openai.response.SseData;
import dev.openaigateway.openai.response.errors.ErrorMember;
import dev.openaigateway.openai.response.errors.ErrorRewriter;
import dev.openaigateway.openai.sse.SseLine;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Changes what JSON of an unknown form says of errors and warnings, at any depth, but not what members have that are content in most APIs. */
public final class PassedErrors {

    /** Members that have an error if they are a text. */
    private static final Set<String> MESSAGES = Set.of("message", "msg", "detail");
    /** Beside those that a choice has. */
    private static final Set<String> CONTENT = Set.of("input", "arguments");

    private final byte[] json;
    private final UnaryOperator<byte[]> change;
    private final JsonByteWalker walker = new JsonByteWalker();
    private final ByteArrayOutputStream changed;
    private int copied;
    /** The depth of a member with content; 0 outside. */
    private int contentAt;
    private int changingAt;

    private PassedErrors(byte[] json, UnaryOperator<byte[]> change) {
        this.json = json;
        this.change = change;
        this.changed = new ByteArrayOutputStream(json.length);
    }

    /** @param change gets the JSON of one member */
    public static byte[] changed(byte[] json, UnaryOperator<byte[]> change) {
        return new PassedErrors(json, change).changed();
    }

    /**
     * The same for an event: also its lines that are not data, and all of one that is an error by its name.
     *
     * @param change gets the JSON of one member, a line or the event
     */
    public static byte[] changedEvent(byte[] event, UnaryOperator<byte[]> change) {
        SseData data = SseData.in(event, 0, event.length);
        boolean whole = data == null || data.name() != null && ErrorMember.isNamed(data.name());
        return whole ? change.apply(event) : SseData.withData(SseLine.withoutData(event, change), json -> changed(json, change));
    }

    private byte[] changed() {
        for (int at = 0; at < json.length; at++) {
            if (contentAt > 0 && walker.endsMember(json[at], contentAt)) {
                contentAt = 0;
            }
            if (changingAt > 0 && walker.endsMember(json[at], changingAt)) {
                copyChanged(at);
                changingAt = 0;
            }
            walker.step(json[at]);
            if (walker.member() != null && contentAt == 0 && changingAt == 0) {
                begin(walker.member(), at + 1);
            }
        }
        if (changingAt > 0) {
            copyChanged(json.length);
        }
        changed.write(json, copied, json.length - copied);
        return changed.toByteArray();
    }

    private void begin(String member, int from) {
        if (ErrorMember.isRemark(member) || MESSAGES.contains(member) && isText(from)) {
            changed.write(json, copied, from - copied);
            copied = from;
            changingAt = walker.depth();
        } else if (ErrorRewriter.isGenerated(member) || CONTENT.contains(member)) {
            contentAt = walker.depth();
        }
    }

    private boolean isText(int from) {
        int at = from;
        while (at < json.length && json[at] <= ' ' && json[at] >= 0) {
            at++;
        }
        return at < json.length && json[at] == '"';
    }

    private void copyChanged(int end) {
        changed.writeBytes(change.apply(Arrays.copyOfRange(json, copied, end)));
        copied = end;
    }
}
