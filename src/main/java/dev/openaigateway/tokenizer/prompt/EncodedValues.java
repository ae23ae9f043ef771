package dev.openaigateway.tokenizer.prompt;

import dev.openaigateway.json.JsonCursor;
import dev.openaigateway.json.JsonString;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Finds the strings in tools and in calls of tools that may be files, by where they are: the names of arguments and parameters are the client's
 * own, so no name tells that their values are no texts. Single use, not thread-safe.
 */
final class EncodedValues {

    /** A shorter one has hardly more tokens as a text, and many of them are not worth decoding. */
    static final int SHORTEST = 64;

    /** Some upstreams show the model such a tool with all its members. A tool without a type is one of these. */
    private static final Set<String> SHOWN_TYPES = Set.of("function", "custom");
    /** A tool with such a member is shown whatever its type. */
    private static final Set<String> SHOWN_MEMBERS = Set.of("function", "custom", "items");

    private final JsonCursor in;
    private final boolean calls;
    private final List<JsonString> found = new ArrayList<>();

    private EncodedValues(JsonCursor in, boolean calls) {
        this.in = in;
        this.calls = calls;
    }

    /**
     * Returns the strings in their order.
     *
     * @param start index of the array of tools, which the parser has accepted
     * @param calls whether these are calls of tools
     */
    static List<JsonString> in(byte[] body, int start, boolean calls) throws IOException {
        EncodedValues values = new EncodedValues(new JsonCursor(body, start), calls);
        values.in.begin();
        values.readTools();
        return values.found;
    }

    private void readTools() throws IOException {
        while (in.nextElement()) {
            if (in.isObject()) {
                readObject(calls);
            } else {
                in.skip();
            }
        }
    }

    /** @param mayHaveFiles what holds for an object without a type */
    private void readObject(boolean mayHaveFiles) throws IOException {
        int before = found.size();
        boolean files = mayHaveFiles;
        boolean shown = false;
        for (String name = in.nextField(); name != null; name = in.nextField()) {
            if (name.equals("type") && in.text() != null) {
                files = true;
                shown |= SHOWN_TYPES.contains(in.text().prefix(SHORTEST).toText());
            }
            shown |= SHOWN_MEMBERS.contains(name);
            readMember(name);
        }
        if (!calls && (shown || !files)) {
            found.subList(before, found.size()).clear();
        }
    }

    private void readMember(String name) throws IOException {
        MemberRule rule = MemberRule.of(name);
        if (in.text() != null) {
            if (in.text().utf8Length() >= SHORTEST && mayBeFile(rule)) {
                found.add(in.text());
            }
        } else if (rule == MemberRule.TOOLS && in.isArray()) {
            readTools();
        } else if (rule == MemberRule.JSON) {
            in.skip();
        } else if (in.isObject()) {
            readObject(true);
        } else if (in.isArray()) {
            while (in.nextElement()) {
                readMember(name);
            }
        }
    }

    private boolean mayBeFile(MemberRule rule) {
        return switch (rule) {
            case OPAQUE -> true;
            case FILE, IMAGE -> !calls;
            case URL -> !calls && EncodedFile.isDataUrl(in.text());
            default -> false;
        };
    }
}
