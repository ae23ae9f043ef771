package dev.openaigateway.openai.response;

import com.fasterxml.jackson.databind.JsonNode;
import dev.openaigateway.json.JsonByteWalker;
import dev.openaigateway.openai.LooseJson;
import dev.openaigateway.openai.response.errors.ErrorMember;
import dev.openaigateway.text.ChangedPiece;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Changes what a response of any size says of errors, while its bytes pass: members with "error" in their name at the root, in a
 * {@code response} (there also "warning"), in items of its output and in choices, and once a choice has failed all further members of the root, where routers repeat its
 * error. Before that these get a change of their own, because a good response has such members too. Never changes generated content. Holds nothing back but one such member, of which a long one is changed in pieces. Not thread-safe.
 */
public final class ErrorRewriter {

    /** In bytes. */
    private static final int LONGEST_PIECE = 64 * 1024;
    private static final int OF_ROOT = 1;
    private static final int OF_OBJECT = 2;
    private static final int OF_CHOICE = 3;
    /** The beginnings of root, list and choice. */
    private static final String NESTING = "{[{";
    private static final String CHOICES = "choices";
    /** Of a response object: a list of items. */
    private static final String OUTPUT = "output";
    /** Of events with a response object, or with one of its items. */
    private static final Set<String> OBJECTS = Set.of("response", "item");
    private static final Set<String> RESULT = Set.of(CHOICES, OUTPUT, "usage", "response", "item", "part", "delta");

    private final UnaryOperator<byte[]> change;
    private final UnaryOperator<byte[]> early;
    private final JsonByteWalker json = new JsonByteWalker();
    private final ByteArrayOutputStream held = new ByteArrayOutputStream(0);
    private final byte[] opened = new byte[OF_CHOICE];
    private boolean choiceFailed;
    private boolean otherEncoding;
    private boolean inChoices;
    private boolean inObject;
    /** The depth of the members of an item; 0 outside a list of items. */
    private int itemAt;
    private int contentAt;
    private int changingAt;
    private UnaryOperator<byte[]> changing;

    /**
     * @param change gets the JSON of one member, or a piece of it
     * @param early  the same for other members of the root before a choice has failed; null to leave them as they are
     */
    public ErrorRewriter(UnaryOperator<byte[]> change, UnaryOperator<byte[]> early) {
        this.change = change;
        this.early = early;
        this.changing = change;
    }

    /**
     * Changes a response with a choice that has an error. JSON that is not whole, or not in UTF-8, is changed as a whole.
     *
     * @param change gets the JSON of one member
     */
    static byte[] rewrite(byte[] json, UnaryOperator<byte[]> change) {
        ErrorRewriter rewriter = new ErrorRewriter(change, null);
        rewriter.choiceFailed = true;
        byte[] changed = rewriter.pass(json, json.length);
        return rewriter.otherEncoding || rewriter.json.depth() > 0 || rewriter.json.isInString() ? change.apply(json) : changed;
    }

    /** Returns what can be passed on after the next bytes. */
    public byte[] pass(byte[] bytes, int length) {
        ByteArrayOutputStream passed = new ByteArrayOutputStream(length);
        for (int i = 0; i < length; i++) {
            pass(bytes[i], passed);
        }
        return passed.toByteArray();
    }

    /** Returns what is still held back, at the end of the bytes. */
    public byte[] rest() {
        byte[] bytes = held.toByteArray();
        held.reset();
        int end = bytes.length;
        while (end > 0 && isBlank(bytes[end - 1])) {
            end--;
        }
        byte[] member = Arrays.copyOf(bytes, end);
        choiceFailed |= changingAt >= OF_CHOICE && saysFailure(member);
        return end == 0 ? bytes : ChangedPiece.joined(changing.apply(member), Arrays.copyOfRange(bytes, end, bytes.length));
    }

    private void pass(byte next, ByteArrayOutputStream passed) {
        if (changingAt > 0 && json.endsMember(next, changingAt)) {
            passed.writeBytes(rest());
            changingAt = 0;
        }
        if (contentAt > 0 && json.endsMember(next, contentAt)) {
            contentAt = 0;
        }
        if (held.size() >= LONGEST_PIECE) {
            passed.writeBytes(piece());
        }
        (changingAt > 0 && (held.size() > 0 || !isBlank(next)) ? held : passed).write(next);
        otherEncoding |= next == 0;
        int before = json.depth();
        json.step(next);
        if (json.depth() > before && before < OF_CHOICE) {
            opened[before] = next;
        }
        if (json.member() != null && changingAt == 0) {
            begin(json.member(), json.depth());
        }
    }

    private void begin(String member, int depth) {
        boolean error = depth > OF_OBJECT ? ErrorMember.isNamed(member) : ErrorMember.isRemark(member);
        if (depth == OF_ROOT) {
            inChoices = member.equals(CHOICES);
            inObject = OBJECTS.contains(member);
            itemAt = member.equals(OUTPUT) ? depth + OF_OBJECT : 0;
            changing = error || choiceFailed || RESULT.contains(member) ? change : early;
            changingAt = error || !RESULT.contains(member) && changing != null ? depth : 0;
        } else if (inObject && depth == OF_OBJECT) {
            changingAt = error ? depth : 0;
            itemAt = member.equals(OUTPUT) ? depth + OF_OBJECT : 0;
        } else if (itemAt == depth) {
            changingAt = error ? depth : 0;
        } else if (inChoices && contentAt == 0 && depth >= OF_CHOICE && NESTING.equals(new String(opened, StandardCharsets.US_ASCII))) {
            changingAt = error ? depth : 0;
            contentAt = StreamEventReader.COUNTED.contains(member) ? depth : 0;
        }
    }

    private byte[] piece() {
        choiceFailed |= changingAt >= OF_CHOICE;
        ChangedPiece piece = ChangedPiece.of(held.toByteArray(), changing);
        held.reset();
        held.writeBytes(piece.rest());
        return piece.changed();
    }

    private static boolean saysFailure(byte[] member) {
        JsonNode value = LooseJson.tree(member);
        return value.isMissingNode() || ErrorMember.isFailure(value);
    }

    private static boolean isBlank(byte next) {
        return next == ' ' || next == '\n' || next == '\r' || next == '\t';
    }
}
