package dev.openaigateway.openai.body;

import dev.openaigateway.json.JsonSpan;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A multipart form: its original bytes and the fields that routing needs.
 *
 * @param mediaType the media type, including the boundary
 * @param fields    names and values of the fields that are not files, up to 64 KB each, in their order
 * @param values    the same by name; of a repeated field, the last value
 * @param modelSpan the position of the value of {@code model}; null if it is absent
 */
public record MultipartBody(byte[] bytes, String mediaType, String boundary, List<Map.Entry<String, String>> fields, Map<String, String> values,
                            JsonSpan modelSpan) implements RequestBody {

    @Override
    public String model() {
        return values.get("model");
    }

    @Override
    public boolean stream() {
        return TextFlag.isTrue(values.getOrDefault("stream", ""));
    }

    @Override
    public boolean usageRequested() {
        return false;
    }

    /** Without an upstream model the body stays unchanged: a {@code model} in addition to one in the path does no harm. */
    @Override
    public byte[] forUpstream(String upstreamModel, boolean requestUsage) {
        if (upstreamModel == null || upstreamModel.equals(model())) {
            return bytes;
        }
        return modelSpan != null ? spliced(modelSpan.start(), modelSpan.end(), upstreamModel)
                : spliced(0, 0, "--" + boundary + "\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\n" + upstreamModel + "\r\n");
    }

    /** What is between the boundaries: client libraries choose another boundary for each try. */
    @Override
    public List<ByteBuffer> content() {
        byte[] mark = ("--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
        List<ByteBuffer> pieces = new ArrayList<>();
        int from = 0;
        int at = 0;
        while (at <= bytes.length - mark.length) {
            if (bytes[at] == '-' && Arrays.equals(bytes, at, at + mark.length, mark, 0, mark.length)) {
                pieces.add(ByteBuffer.wrap(bytes, from, at - from));
                at += mark.length;
                from = at;
            } else {
                at++;
            }
        }
        pieces.add(ByteBuffer.wrap(bytes, from, bytes.length - from));
        return pieces;
    }

    @Override
    public Optional<String> text(String member) {
        return Optional.ofNullable(values.get(member));
    }

    private byte[] spliced(int start, int end, String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + text.length());
        out.write(bytes, 0, start);
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        out.write(bytes, end, bytes.length - end);
        return out.toByteArray();
    }
}
