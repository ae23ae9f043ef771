package dev.openaigateway.openai.response;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/**
 * Changes the errors of choices in JSON of any size while its bytes pass. Tracks only strings and nesting, and holds nothing back but these errors,
 * of which a long one is changed in pieces. Not thread-safe.
 */
public final class PassingErrors {

    /** In bytes. */
    private static final int LONGEST_PIECE = 64 * 1024;
    private static final int LONGEST_NAME = 16;
    private static final int OF_ROOT = 1;
    private static final int OF_CHOICE = 3;
    /** The beginnings of root, list and choice. */
    private static final String NESTING = "{[{";

    private final UnaryOperator<byte[]> change;
    private final ByteArrayOutputStream error = new ByteArrayOutputStream(0);
    private final ByteArrayOutputStream name = new ByteArrayOutputStream(LONGEST_NAME);
    private final byte[] opened = new byte[OF_CHOICE];
    private int depth;
    private boolean inString;
    private boolean escaped;
    private boolean inChoices;
    private boolean inError;

    /** @param change gets the JSON of one error, or a piece of it */
    public PassingErrors(UnaryOperator<byte[]> change) {
        this.change = change;
    }

    /** Returns what can be passed on after the next bytes. */
    public byte[] pass(byte[] bytes, int length) {
        ByteArrayOutputStream passed = new ByteArrayOutputStream(length);
        for (int i = 0; i < length; i++) {
            byte next = bytes[i];
            boolean end = inError && !inString && depth == OF_CHOICE && (next == ',' || next == '}');
            if (end || error.size() >= LONGEST_PIECE) {
                passed.writeBytes(rest());
                inError &= !end;
            }
            (inError ? error : passed).write(next);
            if (inString) {
                inString(next);
            } else {
                between(next);
            }
        }
        return passed.toByteArray();
    }

    /** Returns what is still held back, at the end of the bytes. */
    public byte[] rest() {
        byte[] whole = error.toByteArray();
        error.reset();
        return whole.length == 0 ? whole : change.apply(whole);
    }

    private void inString(byte next) {
        if (escaped) {
            escaped = false;
        } else if (next == '\\') {
            escaped = true;
        } else if (next == '"') {
            inString = false;
            return;
        }
        if (name.size() < LONGEST_NAME) {
            name.write(next);
        }
    }

    private void between(byte next) {
        switch (next) {
            case '"' -> {
                inString = true;
                name.reset();
            }
            case '{', '[' -> {
                if (depth < OF_CHOICE) {
                    opened[depth] = next;
                }
                depth++;
            }
            case '}', ']' -> depth = Math.max(0, depth - 1);
            case ':' -> named(name.toString(StandardCharsets.UTF_8));
            default -> {
            }
        }
    }

    private void named(String member) {
        if (depth == OF_ROOT) {
            inChoices = member.equals("choices");
        } else if (depth == OF_CHOICE && inChoices && !inError && member.equals("error")) {
            inError = NESTING.equals(new String(opened, StandardCharsets.US_ASCII));
        }
    }
}
