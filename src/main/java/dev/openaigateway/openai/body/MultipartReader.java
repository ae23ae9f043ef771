package dev.openaigateway.openai.body;

import dev.openaigateway.json.JsonSpan;
import dev.openaigateway.openai.ApiException;
import dev.openaigateway.openai.Errors;
import dev.openaigateway.text.Excerpt;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds the fields of a multipart form without copying its files. */
public final class MultipartReader {

    private static final byte[] HEADERS_END = {'\r', '\n', '\r', '\n'};
    private static final int LONGEST_HEADERS = 8 * 1024;
    private static final int LONGEST_VALUE = 64 * 1024;

    private final byte[] bytes;
    /** Two hyphens and the boundary. */
    private final byte[] delimiter;
    private final List<Map.Entry<String, String>> fields = new ArrayList<>();
    private final Map<String, String> values = new HashMap<>();
    private JsonSpan model;

    private MultipartReader(byte[] bytes, String boundary) {
        this.bytes = bytes;
        this.delimiter = ("--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** @throws ApiException 400 if the body is not a complete form, repeats {@code model}, or can be read in more than one way */
    public static MultipartBody read(byte[] bytes, String mediaType) {
        String boundary = ContentType.boundary(mediaType);
        MultipartReader reader = new MultipartReader(bytes, boundary);
        reader.readParts();
        return new MultipartBody(bytes, ContentType.withBoundary(boundary), boundary, List.copyOf(reader.fields), Map.copyOf(reader.values), reader.model);
    }

    private void readParts() {
        int at = startsWithDelimiter() ? delimiter.length : afterNext(0);
        while (!isLast(at)) {
            int headers = endOfLine(at) + 2;
            int value = indexOf(HEADERS_END, headers, Math.min(bytes.length, headers + LONGEST_HEADERS));
            if (value < 0) {
                throw Errors.notMultipart("A part has no end to its header fields.").exception();
            }
            int next = afterNext(value + 2);
            readPart(PartHead.of(new String(bytes, headers, value - headers, StandardCharsets.UTF_8)), value + 4, next - delimiter.length - 2);
            at = next;
        }
        if (nextLine(at) >= 0) {
            throw Errors.notMultipart("Something follows the closing boundary.").exception();
        }
    }

    private void readPart(PartHead head, int start, int end) {
        if (head.isFile() || end - start > LONGEST_VALUE || end < start) {
            if (FieldName.decides(head.name())) {
                throw Errors.notMultipart("The field '" + Excerpt.printable(head.name()) + "' must be a short text.").exception();
            }
            return;
        }
        String value = new String(bytes, start, end - start, StandardCharsets.UTF_8);
        if (!head.isPlain(value)) {
            throw PartHead.unreadable();
        }
        fields.add(Map.entry(head.name(), value));
        values.put(head.name(), value);
        if (head.name().equals(FieldName.MODEL)) {
            if (model != null) {
                throw Errors.duplicated(FieldName.MODEL).exception();
            }
            model = new JsonSpan(start, end);
        }
    }

    private boolean startsWithDelimiter() {
        return bytes.length >= delimiter.length && matches(delimiter, 0, 0);
    }

    /** The last boundary is followed by two hyphens, the others by the end of the line. */
    private boolean isLast(int at) {
        if (at + 1 < bytes.length && bytes[at] == '-' && bytes[at + 1] == '-') {
            return true;
        }
        int end = endOfLine(at);
        if (end + 1 < bytes.length && bytes[end] == '\r' && bytes[end + 1] == '\n') {
            return false;
        }
        throw Errors.notMultipart("A boundary is followed by something else.").exception();
    }

    /** Blanks may follow a boundary. */
    private int endOfLine(int at) {
        int end = at;
        while (end < bytes.length && (bytes[end] == ' ' || bytes[end] == '\t')) {
            end++;
        }
        return end;
    }

    /** Some readers also take a boundary after a bare line feed, and would find other parts. */
    private int afterNext(int from) {
        int found = nextLine(from);
        if (found < 0) {
            throw Errors.notMultipart("It has no closing boundary.").exception();
        }
        if (found - 2 < from || bytes[found - 1] != '\n' || bytes[found - 2] != '\r') {
            throw Errors.notMultipart("A boundary is not preceded by CRLF.").exception();
        }
        return found + delimiter.length;
    }

    /** Where the next line begins with the delimiter, however the line before it ends; -1 if none does. */
    private int nextLine(int from) {
        int at = indexOf(delimiter, from + 1, bytes.length);
        while (at >= 0 && bytes[at - 1] != '\n' && bytes[at - 1] != '\r') {
            at = indexOf(delimiter, at + 1, bytes.length);
        }
        return at;
    }

    private int indexOf(byte[] pattern, int from, int to) {
        for (int at = from; at <= to - pattern.length; at++) {
            if (bytes[at] == pattern[0] && matches(pattern, 1, at + 1)) {
                return at;
            }
        }
        return -1;
    }

    private boolean matches(byte[] pattern, int from, int at) {
        for (int i = from; i < pattern.length; i++) {
            if (bytes[at + i - from] != pattern[i]) {
                return false;
            }
        }
        return true;
    }
}
