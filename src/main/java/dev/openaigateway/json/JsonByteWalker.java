package dev.openaigateway.json;

/**
 * Follows a JSON text of any size byte by byte as it comes: where its strings are, how deep it is nested, and which members begin. Accepts
 * any bytes, and holds no more of them than one name. Not thread-safe.
 */
public final class JsonByteWalker {

    private final NameBytes string = new NameBytes();
    private int depth;
    private boolean inString;
    private boolean escaped;
    private String member;

    /** Takes the next byte of the text. */
    public void step(byte next) {
        member = null;
        if (inString) {
            inString(next);
        } else {
            between(next);
        }
    }

    /** Whether the next byte is inside a string, or ends it. */
    public boolean isInString() {
        return inString;
    }

    /** Whether the last byte was a backslash that escapes the next one. */
    public boolean isEscaping() {
        return escaped;
    }

    /** The number of objects and lists that are open; the members of the outermost object are at 1. */
    public int depth() {
        return depth;
    }

    /** The name of the member whose value comes next, without escapes; null unless the last byte was its colon, or if the name is long. */
    public String member() {
        return member;
    }

    /**
     * Whether a byte that comes next is the first one after the value of a member.
     *
     * @param at the depth at which the member began
     */
    public boolean endsMember(byte next, int at) {
        return !inString && depth == at && (next == ',' || next == '}' || next == ']');
    }

    private void inString(byte next) {
        string.add(next);
        if (escaped) {
            escaped = false;
        } else if (next == '\\') {
            escaped = true;
        } else if (next == '"') {
            inString = false;
        }
    }

    private void between(byte next) {
        switch (next) {
            case '"' -> {
                inString = true;
                string.begin();
            }
            case '{', '[' -> depth++;
            case '}', ']' -> depth = Math.max(0, depth - 1);
            case ':' -> member = string.name();
            default -> {
            }
        }
    }
}
