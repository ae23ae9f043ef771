package dev.openaigateway.openai.response.errors;

import com.fasterxml.jackson.databind.JsonNode;
import dev.openaigateway.json.JsonByteWalker;
import dev.openaigateway.openai.CountedMembers;
import dev.openaigateway.openai.LooseJson;
import dev.openaigateway.text.ChangedPiece;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Changes what a response of any size says of errors, while its bytes pass: members with "error" in their name at the root, in a
 * {@code response} (there also "warning"), in items of its output or of a list, and in choices, and once a choice has failed all further members of the root, where routers repeat its
 * error. Each other name and text outside generated content gets a change of its own, because a good response has those too. What follows the JSON, as the
 * lines behind it in an event, is changed as an error. Never changes generated content. Holds nothing back but one such member or text, of which a long one is
 * changed in pieces. Not thread-safe.
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
    /** Lists of items, in a response object and as a page of a list. */
    private static final Set<String> ITEMS = Set.of("output", "data");
    /** Of events with a response object, or with one of its items. */
    private static final Set<String> OBJECTS = Set.of("response", "item");
    private static final Set<String> RESULT = Set.of(CHOICES, "output", "usage", "response", "item", "part", "delta");
    /** The members of a choice, beside those that are counted, that have what the model has generated. */
    private static final Set<String> GENERATED = Set.of("delta", "message", "messages", "logprobs");
    /** No member is open at this depth. */
    private static final int BEHIND = Integer.MAX_VALUE;

    private final UnaryOperator<byte[]> change;
    private final UnaryOperator<byte[]> early;
    private final Set<String> content;
    private final JsonByteWalker json = new JsonByteWalker();
    private final ByteArrayOutputStream held = new ByteArrayOutputStream(0);
    private final byte[] opened = new byte[OF_CHOICE];
    private boolean choiceFailed;
    /** Then the other members of the response in the event may be of its error too. */
    private boolean responseFailed;
    private boolean otherEncoding;
    private boolean inChoices;
    private boolean inObject;
    /** The depth of the members of an item; 0 outside a list of items. */
    private int itemAt;
    private int contentAt;
    /** The depth of a member that has generated content; 0 outside. */
    private int generatedAt;
    private int changingAt;
    /** Whether the string at hand is changed although it is no error's. */
    private boolean inText;

    /**
     * @param change gets the JSON of one member, or a piece of it
     * @param early  gets each other string outside generated content, with its quotes, or a piece of it; null to leave them as they are
     */
    public ErrorRewriter(UnaryOperator<byte[]> change, UnaryOperator<byte[]> early) {
        this(change, early, RootContent.OF_CHOICES);
    }

    /** @param content the members of the root whose names and texts get no change of their own, apart from choices */
    public ErrorRewriter(UnaryOperator<byte[]> change, UnaryOperator<byte[]> early, Set<String> content) {
        this.change = change;
        this.early = early;
        this.content = content;
    }

    /**
     * Changes a response with an error. JSON that is not whole, or not in UTF-8, is changed as a whole.
     *
     * @param responseFailed whether it is an event with a response that failed
     * @param change         gets the JSON of one member
     */
    public static byte[] rewrite(byte[] json, boolean responseFailed, UnaryOperator<byte[]> change) {
        ErrorRewriter rewriter = new ErrorRewriter(change, null);
        rewriter.responseFailed = responseFailed;
        rewriter.choiceFailed = true;
        byte[] changed = rewriter.whole(json);
        return rewriter.otherEncoding || rewriter.json.depth() > 0 || rewriter.json.isInString() ? change.apply(json) : changed;
    }

    /** Whether a member of a choice has what the model has generated. */
    public static boolean isGenerated(String member) {
        return GENERATED.contains(member) || CountedMembers.contain(member);
    }

    /** Returns JSON that has come as a whole, changed. */
    public byte[] whole(byte[] all) {
        return ChangedPiece.joined(pass(all, all.length), rest());
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
        choiceFailed |= inChoices && changingAt >= OF_CHOICE && changingAt < BEHIND && saysFailure(member);
        return end == 0 ? bytes : ChangedPiece.joined(changing().apply(member), Arrays.copyOfRange(bytes, end, bytes.length));
    }

    private void pass(byte next, ByteArrayOutputStream passed) {
        if (changingAt > 0 && json.endsMember(next, changingAt)) {
            passed.writeBytes(rest());
            changingAt = 0;
        }
        if (contentAt > 0 && json.endsMember(next, contentAt)) {
            contentAt = 0;
        }
        if (generatedAt > 0 && json.endsMember(next, generatedAt)) {
            generatedAt = 0;
        }
        if (held.size() >= LONGEST_PIECE) {
            passed.writeBytes(piece());
        }
        boolean inString = json.isInString();
        inText = inString ? inText : next == '"' && changingAt == 0 && isShown();
        (inText || changingAt > 0 && (held.size() > 0 || !isBlank(next)) ? held : passed).write(next);
        otherEncoding |= next == 0;
        int before = json.depth();
        json.step(next);
        if (inText && inString && !json.isInString()) {
            passed.writeBytes(rest());
        }
        changingAt = before == OF_ROOT && json.depth() == 0 ? BEHIND : changingAt;
        if (json.depth() > before && before < OF_CHOICE) {
            opened[before] = next;
        }
        if (json.member() != null && changingAt == 0) {
            begin(json.member(), json.depth());
        }
    }

    private boolean isShown() {
        return early != null && generatedAt == 0 && (!inChoices || json.depth() <= OF_ROOT || isInChoice());
    }

    private boolean isInChoice() {
        return json.depth() >= OF_CHOICE && NESTING.equals(new String(opened, StandardCharsets.US_ASCII));
    }

    private UnaryOperator<byte[]> changing() {
        return changingAt > 0 ? change : early;
    }

    private void begin(String member, int depth) {
        boolean error = depth > OF_OBJECT ? ErrorMember.isNamed(member) : ErrorMember.isRemark(member);
        if (depth == OF_ROOT) {
            inChoices = member.equals(CHOICES);
            inObject = OBJECTS.contains(member);
            itemAt = ITEMS.contains(member) ? depth + OF_OBJECT : 0;
            generatedAt = content.contains(member) ? depth : 0;
            changingAt = error || choiceFailed && isOther(member) ? depth : 0;
        } else if (inObject && depth == OF_OBJECT) {
            changingAt = error || responseFailed && isOther(member) ? depth : 0;
            itemAt = ITEMS.contains(member) ? depth + OF_OBJECT : 0;
        } else if (itemAt == depth) {
            changingAt = error ? depth : 0;
        } else if (inChoices && contentAt == 0 && isInChoice()) {
            changingAt = error ? depth : 0;
            contentAt = CountedMembers.contain(member) ? depth : 0;
            generatedAt = depth == OF_CHOICE && isGenerated(member) ? depth : generatedAt;
        }
    }

    private static boolean isOther(String member) {
        return !RESULT.contains(member) && !RootContent.REPEATED.contains(member);
    }

    private byte[] piece() {
        choiceFailed |= inChoices && changingAt >= OF_CHOICE && changingAt < BEHIND;
        ChangedPiece piece = ChangedPiece.of(held.toByteArray(), changing());
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
