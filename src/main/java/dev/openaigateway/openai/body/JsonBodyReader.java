package dev.openaigateway.openai.body;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.openaigateway.json.JsonNames;
import dev.openaigateway.json.JsonScan;
import dev.openaigateway.json.JsonSpan;
import dev.openaigateway.json.JsonTokens;
import dev.openaigateway.openai.Errors;
import dev.openaigateway.openai.ObjectKind;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Reads a request body in a single pass and keeps only what routing needs. A member that affects routing must not be
 * repeated, since the gateway and the upstream could disagree about which value counts. A member that is null counts as absent.
 *
 * <p>A scan finds the members; a parser reads the few values that are not plain, and the bodies that the scan does not
 * accept (benchmark row "texts on one core").
 */
public final class JsonBodyReader {

    private static final JsonFactory JSON = new JsonFactory();
    private static final JsonNames REFERENCES = new JsonNames(ObjectKind.members());

    private final byte[] bytes;
    private final JsonValues values;
    private final Set<String> seen = new HashSet<>();
    private int open;
    private int members;
    private String model;
    private JsonSpan modelMember;
    private JsonSpan modelValue;
    private boolean stream;
    private boolean eventStream;
    private JsonSpan streamOptions;
    private JsonSpan includeUsage;
    private boolean usageRequested;
    private long maxTokens;
    private long maxCompletionTokens;
    private long choices = 1;
    private Map<String, JsonSpan> identities = Map.of();
    private boolean stores;
    private boolean background;
    private boolean speaks;
    private boolean refers;

    private JsonBodyReader(byte[] bytes) {
        this.bytes = bytes;
        this.values = new JsonValues(bytes);
    }

    /** @throws ApiException 400 if the body is not one JSON object in UTF-8, or a routing member is repeated or of a wrong type */
    public static JsonBody read(byte[] bytes) {
        return new JsonBodyReader(bytes).read();
    }

    private JsonBody read() {
        try {
            JsonScan scan = JsonScan.of(bytes, REFERENCES);
            if (scan == null) {
                parse();
            } else {
                readMembers(scan);
            }
        } catch (JsonProcessingException e) {
            throw Errors.notJson(where(e)).exception();
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory failed", e);
        }
        long limit = maxCompletionTokens > 0 ? maxCompletionTokens : maxTokens;
        JsonBody.Layout layout = new JsonBody.Layout(open, members, modelMember, modelValue, streamOptions, includeUsage, identities, stores,
                background, speaks, refers);
        return new JsonBody(bytes, model, stream || eventStream, usageRequested, limit, choices, layout);
    }

    private void readMembers(JsonScan scan) throws IOException {
        open = scan.open();
        members = scan.members();
        refers = scan.mentions();
        for (int i = 0; i < members; i++) {
            readMember(scan.name(i), scan.start(i), new JsonSpan(scan.value(i), scan.end(i)));
        }
    }

    private void parse() throws IOException {
        try (JsonParser parser = JSON.createParser(bytes)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw Errors.notJson("It must be a JSON object.").exception();
            }
            open = JsonTokens.end(parser);
            if (open < 1) {
                throw Errors.notJson("It must be in UTF-8.").exception();
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                parseMember(parser);
            }
            if (parser.nextToken() != null) {
                throw Errors.notJson("There is more data after its end.").exception();
            }
        }
    }

    private void parseMember(JsonParser parser) throws IOException {
        members++;
        String name = parser.currentName();
        int nameStart = JsonTokens.start(parser);
        JsonToken first = parser.nextToken();
        int from = JsonTokens.start(parser);
        refers |= refers(name);
        skip(parser, first);
        if (isRead(name)) {
            readMember(name, nameStart, new JsonSpan(from, JsonTokens.end(parser)));
        }
    }

    private void skip(JsonParser parser, JsonToken first) throws IOException {
        int depth = first.isStructStart() ? 1 : 0;
        while (depth > 0) {
            JsonToken token = parser.nextToken();
            if (token == JsonToken.FIELD_NAME) {
                refers |= refers(parser.currentName());
            } else if (token.isStructStart()) {
                depth++;
            } else if (token.isStructEnd()) {
                depth--;
            }
        }
    }

    private static boolean refers(String name) {
        return ObjectKind.ofMember(name).isPresent();
    }

    private static boolean isRead(String name) {
        return isOfRouting(name) || isIdentity(name) || name.equals("store") || name.equals("background") || name.equals("audio");
    }

    private static boolean isOfRouting(String name) {
        return switch (name) {
            case "model", "stream", "stream_options", "max_tokens", "max_completion_tokens", "max_output_tokens", "n", "stream_format" -> true;
            default -> false;
        };
    }

    private static boolean isIdentity(String name) {
        return switch (name) {
            case "user", "safety_identifier", "prompt_cache_key", "conversation", "metadata" -> true;
            default -> false;
        };
    }

    private void readMember(String name, int nameStart, JsonSpan value) throws IOException {
        if (isOfRouting(name)) {
            if (!seen.add(name) || isSecondMaximum(name, value)) {
                throw Errors.duplicated(name).exception();
            }
            readRouting(name, nameStart, value);
        } else if (isIdentity(name)) {
            identities = identities.isEmpty() ? new HashMap<>() : identities;
            identities.put(name, value);
        } else {
            stores |= name.equals("store") && values.first(value) == 't';
            background |= name.equals("background") && values.first(value) == 't';
            speaks |= name.equals("audio") && values.first(value) == '{';
        }
    }

    /** Whether both names of one maximum have a value. The gateway and the upstream could disagree about which counts. */
    private boolean isSecondMaximum(String name, JsonSpan value) throws IOException {
        return name.startsWith("max_") && !name.equals("max_tokens") && values.first(value) != 'n' && !seen.add("maximum");
    }

    private void readRouting(String name, int nameStart, JsonSpan value) throws IOException {
        switch (name) {
            case "model" -> {
                if (values.first(value) != '"' && values.first(value) != 'n') {
                    throw Errors.wrongType("model", "a string").exception();
                }
                ModelName.check(value);
                model = values.text(value);
                modelValue = value;
                modelMember = new JsonSpan(nameStart, value.end());
            }
            case "stream" -> stream = values.bool(value, "stream");
            case "stream_options" -> readStreamOptions(value);
            case "max_tokens" -> maxTokens = values.positive(value);
            case "stream_format" -> eventStream = "sse".equals(values.text(value));
            case "n" -> choices = Math.max(1, values.positive(value));
            default -> maxCompletionTokens = Math.max(maxCompletionTokens, values.positive(value));
        }
    }

    private void readStreamOptions(JsonSpan value) throws IOException {
        if (values.first(value) != '{' && values.first(value) != 'n') {
            throw Errors.wrongType("stream_options", "an object").exception();
        }
        try (JsonParser parser = values.parser(value)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean matches = parser.currentName().equals("include_usage");
                parser.nextToken();
                int from = value.start() + JsonTokens.start(parser);
                parser.skipChildren();
                if (matches) {
                    if (includeUsage != null) {
                        throw Errors.duplicated("stream_options.include_usage").exception();
                    }
                    includeUsage = new JsonSpan(from, value.start() + JsonTokens.end(parser));
                    usageRequested = values.bool(includeUsage, "stream_options.include_usage");
                }
            }
        }
        streamOptions = value;
    }

    private static String where(JsonProcessingException e) {
        if (e instanceof StreamConstraintsException) {
            return "(It has more than 1,000 levels, a number of more than 1,000 digits or a name of more than 50,000 characters.)";
        }
        return e.getLocation() == null ? "(It ends too early.)"
                : "(Line " + e.getLocation().getLineNr() + ", column " + e.getLocation().getColumnNr() + ".)";
    }
}
