package dev.openaigateway.openai.form;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.openaigateway.openai.LooseJson;
import dev.openaigateway.openai.response.SseData;
import dev.openaigateway.openai.response.StreamEvent;
import dev.openaigateway.openai.response.errors.MemberValue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Set;

/** Cuts the usage out of an event of a stream, whose client has not requested it. Some upstreams send more in the same event, such as citations. */
public final class UnrequestedUsage {

    private static final String USAGE = "usage";
    /** The members of every event, some of them with the name of who serves it, and its padding. */
    private static final Set<String> OF_EVERY_EVENT = Set.of("id", "object", "created", "model", "system_fingerprint", "service_tier", "provider", "choices", "obfuscation");

    private UnrequestedUsage() {
    }

    /**
     * The event without its usage.
     *
     * @param bytes hold the event as the upstream sent it, from {@code start} to before {@code end}
     * @return null if nothing is left but what every event has
     */
    public static StreamEvent cutOut(StreamEvent event, byte[] bytes, int start, int end) {
        byte[] rest = rest(event.data(bytes, start, end));
        byte[] sent = event.replacement() == null ? Arrays.copyOfRange(bytes, start, end) : event.replacement();
        return rest == null ? null : event.replacedBy(SseData.withData(sent, json -> rest));
    }

    /** All other members, as they are written; null if there are no others than those of every event, and empty ones. */
    private static byte[] rest(byte[] event) {
        ByteArrayOutputStream rest = new ByteArrayOutputStream(event.length);
        boolean more = false;
        try (JsonParser parser = LooseJson.parser(event)) {
            parser.nextToken();
            parser.nextToken();
            while (parser.currentToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                int start = (int) parser.currentTokenLocation().getByteOffset();
                parser.nextToken();
                boolean filled = MemberValue.isFilled(parser);
                parser.nextToken();
                if (!name.equals(USAGE)) {
                    more |= filled && !OF_EVERY_EVENT.contains(name);
                    rest.write(rest.size() == 0 ? '{' : ',');
                    rest.write(event, start, end(event, (int) parser.currentTokenLocation().getByteOffset()) - start);
                }
            }
        } catch (IOException e) {
            return null;
        }
        rest.write('}');
        return more ? rest.toByteArray() : null;
    }

    /** The index after the value that ends before what follows it: the next name, or the end of the object. */
    private static int end(byte[] event, int next) {
        int end = afterValue(event, next);
        return event[end - 1] == ',' && event[next] == '"' ? afterValue(event, end - 1) : end;
    }

    private static int afterValue(byte[] event, int before) {
        int end = before;
        while (event[end - 1] <= ' ' && event[end - 1] >= 0) {
            end--;
        }
        return end;
    }
}
