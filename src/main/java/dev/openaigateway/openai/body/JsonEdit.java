package dev.openaigateway.openai.body;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.openaigateway.json.JsonSpan;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Edits single members of a JSON body. All other bytes stay as they are. Not thread-safe. */
public final class JsonEdit {

    private record Splice(int start, int end, byte[] text) {

        Splice(int start, int end, String text) {
            this(start, end, text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private final JsonBody body;
    private final JsonBody.Layout layout;
    private final List<Splice> splices = new ArrayList<>(2);
    private int membersLeft;

    JsonEdit(JsonBody body) {
        this.body = body;
        this.layout = body.layout();
        this.membersLeft = layout.members();
    }

    /** Sets {@code model}; adds it if it is absent. */
    public JsonEdit model(String name) {
        String value = '"' + new String(JsonStringEncoder.getInstance().quoteAsString(name)) + '"';
        if (layout.modelValue() == null) {
            insert("\"model\":" + value);
        } else if (!name.equals(body.model())) {
            splices.add(new Splice(layout.modelValue().start(), layout.modelValue().end(), value));
        }
        return this;
    }

    public JsonEdit withoutModel() {
        if (layout.model() != null) {
            membersLeft--;
            splices.add(removal(layout.model()));
        }
        return this;
    }

    /** Sets {@code stream_options.include_usage} to true. */
    public JsonEdit requestUsage() {
        if (body.usageRequested()) {
            return this;
        }
        JsonSpan options = layout.streamOptions();
        if (layout.includeUsage() != null) {
            splices.add(new Splice(layout.includeUsage().start(), layout.includeUsage().end(), "true"));
        } else if (options == null) {
            insert("\"stream_options\":{\"include_usage\":true}");
        } else if (body.bytes()[options.start()] == '{') {
            String comma = isEmptyObject(options) ? "" : ",";
            splices.add(new Splice(options.start() + 1, options.start() + 1, "\"include_usage\":true" + comma));
        } else {
            splices.add(new Splice(options.start(), options.end(), "{\"include_usage\":true}"));
        }
        return this;
    }

    /** The edited body, copied once; the original array if nothing changed. */
    public byte[] bytes() {
        byte[] source = body.bytes();
        if (splices.isEmpty()) {
            return source;
        }
        splices.sort(Comparator.comparingInt(Splice::start).thenComparingInt(Splice::end));
        int length = source.length + splices.stream().mapToInt(splice -> splice.text().length - (splice.end() - splice.start())).sum();
        ByteBuffer edited = ByteBuffer.allocate(length);
        int from = 0;
        for (Splice splice : splices) {
            edited.put(source, from, splice.start() - from).put(splice.text());
            from = splice.end();
        }
        return edited.put(source, from, source.length - from).array();
    }

    private void insert(String member) {
        String comma = membersLeft > 0 ? "," : "";
        splices.add(new Splice(layout.open(), layout.open(), member + comma));
        membersLeft++;
    }

    /** Removes a member with one comma: the following one, or the preceding one for the last member. */
    private Splice removal(JsonSpan member) {
        byte[] source = body.bytes();
        int after = skipBlanks(member.end());
        if (source[after] == ',') {
            return new Splice(member.start(), skipBlanks(after + 1), "");
        }
        int before = member.start() - 1;
        while (before >= layout.open() && source[before] != ',') {
            before--;
        }
        return new Splice(before < layout.open() ? member.start() : before, member.end(), "");
    }

    private boolean isEmptyObject(JsonSpan object) {
        return body.bytes()[skipBlanks(object.start() + 1)] == '}';
    }

    private int skipBlanks(int from) {
        int at = from;
        while (body.bytes()[at] == ' ' || body.bytes()[at] == '\n' || body.bytes()[at] == '\r' || body.bytes()[at] == '\t') {
            at++;
        }
        return at;
    }
}
