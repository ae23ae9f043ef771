package dev.openaigateway.openai;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * A multipart form, its bytes as they came.
 *
 * @param mediaType with the boundary
 * @param values    of its fields that are no files; short ones only
 * @param modelSpan where the value of {@code model} is; null where there is none
 */
public record MultipartBody(byte[] bytes, String mediaType, String boundary, Map<String, String> values, JsonSpan modelSpan)
        implements RequestBody {

    @Override
    public String model() {
        return values.get("model");
    }

    @Override
    public boolean stream() {
        return "true".equals(values.get("stream"));
    }

    @Override
    public boolean usageRequested() {
        return false;
    }

    /** A {@code model} beside one in the path does no harm and stays. */
    @Override
    public byte[] forUpstream(String upstreamModel, boolean requestUsage) {
        if (upstreamModel == null || upstreamModel.equals(model())) {
            return bytes;
        }
        return modelSpan == null
                ? spliced(0, 0, "--" + boundary + "\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\n" + upstreamModel + "\r\n")
                : spliced(modelSpan.start(), modelSpan.end(), upstreamModel);
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
