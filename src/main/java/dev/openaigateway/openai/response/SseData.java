package dev.openaigateway.openai.response;

import dev.openaigateway.openai.CompletionCounter;
import dev.openaigateway.openai.response.errors.ErrorRewriter;
import dev.openaigateway.openai.sse.SseLine;
import dev.openaigateway.openai.sse.SseWriter;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/** The data of one server-sent event. Copies bytes only if the event has several data lines. */
public final class SseData {

    private static final byte[] DATA = ascii("data");
    private static final byte[] EVENT = ascii("event");
    private static final byte[] DONE = ascii("[DONE]");

    private final byte[] bytes;
    private final int from;
    private final int length;
    private final byte[] nameBytes;
    private final int nameFrom;
    private final int nameEnd;
    private final boolean linesIgnored;
    /** Whether the data was written in several lines. */
    private final boolean joined;

    private SseData(byte[] bytes, int from, int length, byte[] nameBytes, int nameFrom, int nameEnd, boolean linesIgnored, boolean joined) {
        this.bytes = bytes;
        this.from = from;
        this.length = length;
        this.nameBytes = nameBytes;
        this.nameFrom = nameFrom;
        this.nameEnd = nameEnd;
        this.linesIgnored = linesIgnored;
        this.joined = joined;
    }

    /**
     * The data of an event, or else an error that was written in its place.
     *
     * @return null for an event without data, such as a comment
     */
    public static SseData in(byte[] bytes, int start, int end) {
        int first = -1;
        int firstEnd = -1;
        ByteArrayOutputStream joined = null;
        int nameFrom = start;
        int nameEnd = start;
        boolean ignored = false;
        byte[] error = null;
        int line = start;
        while (line < end) {
            int lineEnd = SseLine.lineEnd(bytes, line, end);
            if (SseLine.isField(bytes, line, lineEnd, DATA)) {
                int value = SseLine.value(bytes, line + DATA.length + 1, lineEnd);
                if (first < 0) {
                    first = value;
                    firstEnd = lineEnd;
                } else {
                    joined = joined == null ? copy(bytes, first, firstEnd) : joined;
                    joined.write('\n');
                    joined.write(bytes, value, lineEnd - value);
                }
            } else if (SseLine.isField(bytes, line, lineEnd, EVENT)) {
                nameFrom = SseLine.value(bytes, line + EVENT.length + 1, lineEnd);
                nameEnd = lineEnd;
            } else if (SseLine.isIgnored(bytes, line, lineEnd)) {
                ignored = true;
                error = SseLine.isField(bytes, line, lineEnd, ErrorLine.FIELD) ? ErrorLine.data(bytes, line + ErrorLine.FIELD.length + 1, lineEnd) : error;
            }
            line = lineEnd + 1;
        }
        byte[] data = joined == null ? bytes : joined.toByteArray();
        int from = SseLine.skipBlanks(data, joined == null ? first : 0, joined == null ? firstEnd : data.length);
        int last = joined == null ? firstEnd : data.length;
        while (last > from && SseLine.isBlank(data[last - 1])) {
            last--;
        }
        if (error == null && from >= last && ignored) {
            error = ErrorLine.bare(bytes, start, end);
        }
        if (error != null) {
            return new SseData(error, 0, error.length, bytes, start, start, true, false);
        }
        return from >= last ? null : new SseData(data, from, last - from, bytes, nameFrom, nameEnd, ignored, joined != null);
    }

    /** Whether the data is {@code [DONE]}. */
    public boolean isDone() {
        return isDone(bytes, from, length);
    }

    static boolean isDone(byte[] bytes, int from, int length) {
        return length == DONE.length && Arrays.equals(bytes, from, from + length, DONE, 0, length);
    }

    /** Whether the event may contain more than a piece of the response: usage, an end, another choice, or an error. It does if it is no JSON object. */
    public boolean isRemarkable() {
        boolean object = bytes[from] == '{' && bytes[from + length - 1] == '}';
        return !object || linesIgnored || EventScan.isRemarkable(bytes, from, from + length) || EventScan.isRemarkableName(nameBytes, nameFrom, nameEnd);
    }

    /** Whether the event is complete. */
    public boolean isWhole() {
        return isDone() || read(null) != StreamEvent.UNREADABLE;
    }

    /** @param counter receives the text of the response; null if it is not counted */
    public StreamEvent read(CompletionCounter counter) {
        StreamEvent event = isDone() ? StreamEvent.DONE : StreamEvent.read(bytes, from, length, counter, name());
        return linesIgnored ? event.withErrorBeside() : event;
    }

    /** Of the line {@code event}; null if there is none. */
    public String name() {
        return nameFrom == nameEnd ? null : new String(nameBytes, nameFrom, nameEnd - nameFrom, StandardCharsets.UTF_8);
    }

    /** The data of an event; empty if there is none. */
    public static byte[] copyOfBytes(byte[] bytes, int start, int end) {
        SseData data = in(bytes, start, end);
        return data == null ? new byte[0] : data.copyOfBytes();
    }

    /** The data alone, for formats that are not read here. */
    public byte[] copyOfBytes() {
        return Arrays.copyOfRange(bytes, from, from + length);
    }

    /**
     * Changes what an event with an error says of it, but not its content. Lines that clients ignore, and data that is not JSON, are changed as a whole.
     *
     * @param responseFailed whether the event is a response that failed
     * @param change         gets the JSON of one member, or a line
     */
    public static byte[] withErrors(byte[] event, boolean responseFailed, UnaryOperator<byte[]> change) {
        return withData(SseLine.withIgnored(event, change), json -> ErrorRewriter.rewrite(json, responseFailed, change));
    }

    /** Changes the data of an event. The same array if that does not change. */
    public static byte[] withData(byte[] event, UnaryOperator<byte[]> change) {
        SseData data = in(event, 0, event.length);
        if (data == null) {
            return event;
        }
        byte[] json = data.copyOfBytes();
        byte[] changed = change.apply(json);
        if (Arrays.equals(changed, json)) {
            return event;
        }
        if (data.bytes != event) {
            return data.joined ? SseWriter.withData(event, changed) : SseWriter.of(changed);
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream(event.length + changed.length - data.length);
        whole.write(event, 0, data.from);
        whole.writeBytes(changed);
        whole.write(event, data.from + data.length, event.length - data.from - data.length);
        return whole.toByteArray();
    }

    private static ByteArrayOutputStream copy(byte[] bytes, int from, int end) {
        ByteArrayOutputStream out = new ByteArrayOutputStream((end - from) * 2);
        out.write(bytes, from, end - from);
        return out;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
