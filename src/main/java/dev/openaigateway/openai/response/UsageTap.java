package dev.openaigateway.openai.response;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.openaigateway.openai.Usage;

import java.io.IOException;
import java.util.Map;

/** Finds {@code usage} in a JSON response of any size while its bytes are relayed. Not thread-safe. */
public final class UsageTap {

    private static final JsonFactory JSON = new JsonFactory();
    private static final String USAGE = "usage";

    private final MemberTap members = new MemberTap(Map.of(USAGE, 1));

    /** Scans the next {@code length} bytes of the response. */
    public void see(byte[] bytes, int length) {
        members.see(bytes, 0, length);
    }

    /** The usage, or null if none was found. */
    public Usage found() {
        return read(members.value(USAGE));
    }

    /** Null if the value is null or cannot be read. The response is still relayed, and its usage is unknown. */
    static Usage read(byte[] value) {
        try (JsonParser parser = JSON.createParser(value == null ? new byte[0] : value)) {
            return parser.nextToken() == null ? null : UsageReader.read(parser);
        } catch (IOException e) {
            return null;
        }
    }
}
