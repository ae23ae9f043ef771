package dev.openaigateway.openai.body;

import dev.openaigateway.json.JsonSpan;
import dev.openaigateway.openai.Errors;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the fields of a multipart form without copying its files. */
public final class MultipartReader {

    private static final Pattern BOUNDARY = Pattern.compile(
            ";\\s*boundary=(?:\"([^\"]{1,70})\"|([^\\s;\",]{1,70}))", Pattern.CASE_INSENSITIVE);
    private static final Pattern NAME = Pattern.compile("(?im)^content-disposition:\\s*form-data;(?:.*;)?\\s*name=\"?([^\";\\r\\n]+)\"?");
    private static final Pattern FILE = Pattern.compile("(?im)^content-disposition:.*;\\s*filename\\*?=");
    private static final byte[] HEADERS_END = {'\r', '\n', '\r', '\n'};
    private static final int LONGEST_HEADERS = 8 * 1024;
    private static final int LONGEST_VALUE = 64 * 1024;

    private final byte[] bytes;
    private final byte[] delimiter;
    private final List<Map.Entry<String, String>> fields = new ArrayList<>();
    private final Map<String, String> values = new HashMap<>();
    private JsonSpan model;

    private MultipartReader(byte[] bytes, String boundary) {
        this.bytes = bytes;
        this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** @throws ApiException 400 if the body is not a complete form or repeats {@code model} */
    public static MultipartBody read(byte[] bytes, String mediaType) {
        Matcher boundary = BOUNDARY.matcher(mediaType);
        if (!boundary.find()) {
            throw Errors.notMultipart("Its Content-Type names no boundary.").exception();
        }
        String name = boundary.group(1) == null ? boundary.group(2) : boundary.group(1);
        MultipartReader reader = new MultipartReader(bytes, name);
        reader.readParts();
        return new MultipartBody(bytes, mediaType, name, List.copyOf(reader.fields), Map.copyOf(reader.values), reader.model);
    }

    private void readParts() {
        int at = startsWithDelimiter() ? delimiter.length - 2 : afterNext(0);
        while (!isLast(at)) {
            int headers = endOfLine(at) + 2;
            int value = indexOf(HEADERS_END, headers, Math.min(bytes.length, headers + LONGEST_HEADERS));
            if (value < 0) {
                throw Errors.notMultipart("A part has no end to its header fields.").exception();
            }
            int next = afterNext(value + 2);
            readPart(new String(bytes, headers, value - headers, StandardCharsets.UTF_8), value + 4, next - delimiter.length);
            at = next;
        }
    }

    private void readPart(String headers, int start, int end) {
        Matcher name = NAME.matcher(headers);
        if (!name.find() || FILE.matcher(headers).find() || end - start > LONGEST_VALUE || end < start) {
            return;
        }
        String value = new String(bytes, start, end - start, StandardCharsets.UTF_8);
        fields.add(Map.entry(name.group(1), value));
        values.put(name.group(1), value);
        if (name.group(1).equals("model")) {
            if (model != null) {
                throw Errors.duplicated("model").exception();
            }
            model = new JsonSpan(start, end);
        }
    }

    private boolean startsWithDelimiter() {
        return bytes.length >= delimiter.length - 2 && matches(delimiter, 2, 0);
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

    private int afterNext(int from) {
        int found = indexOf(delimiter, from, bytes.length);
        if (found < 0) {
            throw Errors.notMultipart("It has no closing boundary.").exception();
        }
        return found + delimiter.length;
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
