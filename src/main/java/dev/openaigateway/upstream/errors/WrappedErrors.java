package dev.openaigateway.upstream.errors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import dev.openaigateway.openai.Json;
import dev.openaigateway.openai.UpstreamError;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the errors of other upstreams that proxies pass on inside a message of their own: as JSON or as Python prints it, behind the class of an
 * error. For the meaning only; clients get what the upstream has sent.
 */
public final class WrappedErrors {

    /** A proxy in front of a proxy. */
    private static final int MOST = 3;
    private static final JsonFactory OF_PYTHON = JsonFactory.builder().enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
            .enable(JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER).enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS).build();
    private static final Pattern BEGINNING = Pattern.compile("(?i)(?:[\\w.]{0,80}(?:error|exception)(?: -|:)? ){0,5}(?:- )?(?:error code: \\d{3} - |\\d{3}: )?"
            + "(?:^|(?<= - )|(?<=\\d: ))(b?['\"])?(?=\\{)");
    /** What may follow the inner error. If other text follows, the sentence only quotes a value. Possessive: blanks may be many. */
    private static final Pattern END = Pattern.compile("(?is)[ \\t]*+['\"]?+[.,]?+[ \\t]*+(?:|\\R.*|(?:received model group|available model group|litellm retried).*)");
    private static final Pattern CONSTANT = Pattern.compile("(?<=[:,\\[] ?)(None|True|False)(?=[,}\\]])");

    private WrappedErrors() {
    }

    /** The error as its source sent it. Its members replace the outer ones, apart from {@code null} and {@code None}. */
    public static UpstreamError unwrap(UpstreamError error) {
        UpstreamError plain = withoutNothing(error);
        for (int i = 0; i < MOST; i++) {
            UpstreamError inner = inner(plain);
            if (inner == null) {
                return plain;
            }
            plain = new UpstreamError(plain.body(), inner.message(), either(inner.code(), plain.code()), either(inner.type(), plain.type()), inner.param());
        }
        return plain;
    }

    /** Null if the message is a text of its own. */
    private static UpstreamError inner(UpstreamError error) {
        JsonNode object = error.message().isEmpty() ? ErrorDetails.of(error).error().path("message") : object(error.message());
        if (object == null || !object.isObject()) {
            return null;
        }
        JsonNode detail = object.path("detail");
        if (detail.isTextual()) {
            return new UpstreamError(null, detail.asText(), "", "", "");
        }
        return object.has("error") || object.path("message").isTextual()
                ? withoutNothing(UpstreamError.read(object.toString().getBytes(StandardCharsets.UTF_8))) : null;
    }

    /** The object that the message consists of; null if it does not. */
    private static JsonNode object(String message) {
        Matcher beginning = BEGINNING.matcher(message);
        if (!beginning.lookingAt()) {
            return null;
        }
        boolean quoted = beginning.group(1) != null;
        String text = message.substring(beginning.end());
        text = CONSTANT.matcher(quoted ? unescaped(text) : text).replaceAll("null");
        try (JsonParser parser = OF_PYTHON.createParser(text)) {
            JsonNode object = Json.MAPPER.readTree(parser);
            return END.matcher(text.substring((int) parser.currentLocation().getCharOffset())).matches() ? object : null;
        } catch (IOException e) {
            return null;
        }
    }

    /** The bytes of a body as Python prints them. */
    private static String unescaped(String text) {
        return text.replace("\\n", " ").replace("\\'", "'").replace("\\\\", "\\");
    }

    private static UpstreamError withoutNothing(UpstreamError error) {
        return new UpstreamError(error.body(), error.message(), unlessNothing(error.code()), unlessNothing(error.type()), unlessNothing(error.param()));
    }

    private static String unlessNothing(String text) {
        return text.equals("None") || text.equals("null") ? "" : text;
    }

    private static String either(String first, String second) {
        return first.isEmpty() ? second : first;
    }
}
