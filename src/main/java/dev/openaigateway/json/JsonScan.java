package dev.openaigateway.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Checks a JSON text in one pass, without copying or decoding it, and finds the members of its outermost object. Accepts only what
 * any parser accepts. What it does not accept may still be JSON: a parser has to decide, and to say what is wrong. The benchmark
 * row "texts on one core" compares it with a parser. Single use, not thread-safe.
 */
public final class JsonScan {

    /** No byte has this value. */
    private static final int END = Byte.MAX_VALUE + 1;
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
    private static final int DEEPEST = 256;
    private static final int MOST_MEMBERS = 256;
    private static final int LONGEST_NAME = 256;
    private static final int LONGEST_NUMBER = 64;
    /** Indexes of a member: of its name's opening quote, after its closing quote, of the value, and after the value. */
    private static final int INDEXES = 4;

    private final byte[] json;
    private final JsonNames names;
    private final boolean[] objects = new boolean[DEEPEST + 1];
    private int[] found = new int[16 * INDEXES];
    private int members;
    private int depth;
    private int at;
    private int open;
    private boolean mentions;

    private JsonScan(byte[] json, JsonNames names) {
        this.json = json;
        this.names = names;
    }

    /**
     * Null if the text is not accepted.
     *
     * @param names to look for at any depth
     */
    public static JsonScan of(byte[] json, JsonNames names) {
        JsonScan scan = new JsonScan(json, names);
        return scan.next() == '{' && scan.walk() && scan.next() == END ? scan : null;
    }

    /** The index after the opening brace. */
    public int open() {
        return open;
    }

    /** The number of members of the outermost object. */
    public int members() {
        return members;
    }

    /** Whether a member at any depth has one of the names. */
    public boolean mentions() {
        return mentions;
    }

    public String name(int member) {
        int from = found[member * INDEXES] + 1;
        return new String(json, from, found[member * INDEXES + 1] - 1 - from, StandardCharsets.UTF_8);
    }

    /** The index of the opening quote of a member's name. */
    public int start(int member) {
        return found[member * INDEXES];
    }

    /** The index of a member's value. */
    public int value(int member) {
        return found[member * INDEXES + 2];
    }

    /** The index after a member's value. */
    public int end(int member) {
        return found[member * INDEXES + 3];
    }

    private boolean walk() {
        enter();
        open = at;
        boolean empty = true;
        while (depth > 0) {
            int next = next();
            if (next == (objects[depth] ? '}' : ']')) {
                at++;
                depth--;
                ended();
                empty = false;
                continue;
            }
            if (!empty && next != ',') {
                return false;
            }
            at += empty ? 0 : 1;
            next = next();
            if (objects[depth]) {
                if (next != '"' || !name()) {
                    return false;
                }
                next = next();
            }
            empty = next == '{' || next == '[';
            if (empty ? !enter() : !scalar(next)) {
                return false;
            }
        }
        return true;
    }

    /** Moves to the next byte that is not white space, and returns it. */
    private int next() {
        while (at < json.length && (json[at] == ' ' || json[at] == '\n' || json[at] == '\r' || json[at] == '\t')) {
            at++;
        }
        return at < json.length ? json[at] : END;
    }

    private boolean enter() {
        if (depth == DEEPEST) {
            return false;
        }
        objects[++depth] = json[at++] == '{';
        return true;
    }

    /** Notes the end of a value, if it is a member's. */
    private void ended() {
        if (depth == 1) {
            found[members++ * INDEXES + 3] = at;
        }
    }

    /** Moves from the name of a member to its value. A name with escapes is left to a parser. */
    private boolean name() {
        int from = at;
        int end = JsonString.checkedEnd(json, at + 1);
        if (end < 0 || end - from > LONGEST_NAME || hasEscape(from, end)) {
            return false;
        }
        mentions |= names.contains(json, from + 1, end);
        at = end + 1;
        if (next() != ':') {
            return false;
        }
        at++;
        next();
        return depth > 1 || note(from, end);
    }

    private boolean note(int from, int end) {
        if (members == MOST_MEMBERS) {
            return false;
        }
        int index = members * INDEXES;
        found = index < found.length ? found : Arrays.copyOf(found, 2 * index);
        found[index] = from;
        found[index + 1] = end + 1;
        found[index + 2] = at;
        return true;
    }

    private boolean hasEscape(int from, int to) {
        int at = from;
        while (at < to && json[at] != '\\') {
            at++;
        }
        return at < to;
    }

    private boolean scalar(int first) {
        int end = switch (first) {
            case END -> at;
            case '"' -> JsonString.checkedEnd(json, at + 1) + 1;
            case 't' -> literal(TRUE);
            case 'f' -> literal(FALSE);
            case 'n' -> literal(NULL);
            default -> number();
        };
        if (end <= at) {
            return false;
        }
        at = end;
        ended();
        return true;
    }

    private int literal(byte[] word) {
        int end = at + word.length;
        return end <= json.length && Arrays.equals(json, at, end, word, 0, word.length) ? end : at;
    }

    /** The end of a number; {@code at} if there is none. */
    private int number() {
        int from = json[at] == '-' ? at + 1 : at;
        int end = from < json.length && json[from] == '0' ? from + 1 : digits(from);
        if (end > from && end < json.length && json[end] == '.') {
            end = digits(end + 1) > end + 1 ? digits(end + 1) : at;
        }
        if (end > from && end < json.length && (json[end] | 0x20) == 'e') {
            int sign = end + 1 < json.length && (json[end + 1] == '-' || json[end + 1] == '+') ? end + 2 : end + 1;
            end = digits(sign) > sign ? digits(sign) : at;
        }
        return end > from && end - at <= LONGEST_NUMBER ? end : at;
    }

    private int digits(int from) {
        int end = from;
        while (end < json.length && json[end] >= '0' && json[end] <= '9') {
            end++;
        }
        return end;
    }
}
