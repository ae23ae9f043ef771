package dev.openaigateway.openai.usage;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.openaigateway.openai.Usage;

import java.io.IOException;
import java.util.Map;

/** Finds {@code usage} in a JSON response of any size while its bytes are relayed. Not thread-safe. */
public final class UsageTap {

    private static final JsonFactory JSON = new JsonFactory();
    private static final String USAGE = "usage";
    private static final String TIER = "service_tier";

    private final MemberTap members = new MemberTap(Map.of(USAGE, 1, TIER, 1));

    /** Scans the next {@code length} bytes of the response. */
    public void see(byte[] bytes, int length) {
        members.see(bytes, 0, length);
    }

    /** The usage, or null if none was found. */
    public Usage found() {
        return read(members.value(USAGE), members.value(TIER));
    }

    /**
     * Null if the usage is null or cannot be read. The response is still relayed, and its usage is unknown.
     *
     * @param tier the service tier as JSON, or null
     */
    public static Usage read(byte[] usage, byte[] tier) {
        Usage read = parsed(usage, UsageReader::read);
        return read == null ? null : read.inTier(parsed(tier, UsageReader::tier));
    }

    private static <T> T parsed(byte[] json, Reading<T> reading) {
        if (json == null) {
            return null;
        }
        try (JsonParser parser = JSON.createParser(json)) {
            return parser.nextToken() == null ? null : reading.read(parser);
        } catch (IOException e) {
            return null;
        }
    }

    @FunctionalInterface
    private interface Reading<T> {

        T read(JsonParser parser) throws IOException;
    }
}
