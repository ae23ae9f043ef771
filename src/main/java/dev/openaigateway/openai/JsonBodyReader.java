package dev.openaigateway.openai;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;

import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;

/**
 * Reads a request body in a single pass and keeps only what routing needs. A member that affects routing must not be
 * repeated, since the gateway and the upstream could disagree about which value counts. A member that is null counts as absent.
 */
public final class JsonBodyReader {

    private static final JsonFactory JSON = new JsonFactory();

    private enum Member { MODEL, STREAM, STREAM_OPTIONS, MAX_TOKENS, MAX_COMPLETION_TOKENS, N, STREAM_FORMAT }

    private final byte[] bytes;
    private final Set<Member> seen = EnumSet.noneOf(Member.class);
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
    private boolean identifies;
    private boolean stores;
    private boolean speaks;
    private boolean refers;

    private JsonBodyReader(byte[] bytes) {
        this.bytes = bytes;
    }

    /** @throws ApiException 400 if the body is not one JSON object in UTF-8, or a routing member is repeated or of a wrong type */
    public static JsonBody read(byte[] bytes) {
        return new JsonBodyReader(bytes).read();
    }

    private JsonBody read() {
        try (JsonParser parser = JSON.createParser(bytes)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw Errors.notJson("It must be a JSON object.").exception();
            }
            open = end(parser);
            if (open < 1) {
                throw Errors.notJson("It must be in UTF-8.").exception();
            }
            readMembers(parser);
            if (parser.nextToken() != null) {
                throw Errors.notJson("There is more data after its end.").exception();
            }
        } catch (JsonProcessingException e) {
            throw Errors.notJson(where(e)).exception();
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory failed", e);
        }
        long limit = maxCompletionTokens > 0 ? maxCompletionTokens : maxTokens;
        JsonBody.Layout layout = new JsonBody.Layout(open, members, modelMember, modelValue, streamOptions, includeUsage, identifies, stores,
                speaks, refers);
        return new JsonBody(bytes, model, stream || eventStream, usageRequested, limit, choices, layout);
    }

    private void readMembers(JsonParser parser) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            members++;
            Member member = member(parser.currentName());
            if (member == null) {
                String name = parser.currentName();
                identifies |= identifies(name);
                refers |= refers(name);
                JsonToken token = parser.nextToken();
                stores |= token == JsonToken.VALUE_TRUE && "store".equals(name);
                speaks |= token == JsonToken.START_OBJECT && "audio".equals(name);
                skip(parser, token);
                continue;
            }
            if (!seen.add(member)) {
                throw Errors.duplicated(parser.currentName()).exception();
            }
            readMember(parser, member);
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

    private void readMember(JsonParser parser, Member member) throws IOException {
        int nameStart = start(parser);
        JsonToken token = parser.nextToken();
        switch (member) {
            case MODEL -> {
                if (token != JsonToken.VALUE_STRING && token != JsonToken.VALUE_NULL) {
                    throw Errors.wrongType("model", "a string").exception();
                }
                int valueStart = start(parser);
                model = token == JsonToken.VALUE_NULL ? null : parser.getText();
                modelValue = new JsonSpan(valueStart, end(parser));
                modelMember = new JsonSpan(nameStart, modelValue.end());
            }
            case STREAM -> stream = bool(token, "stream");
            case STREAM_OPTIONS -> readStreamOptions(parser, token);
            case MAX_TOKENS -> maxTokens = positive(parser, token);
            case MAX_COMPLETION_TOKENS -> maxCompletionTokens = positive(parser, token);
            case STREAM_FORMAT -> {
                eventStream = token == JsonToken.VALUE_STRING && parser.getText().equals("sse");
                parser.skipChildren();
            }
            case N -> choices = Math.max(1, positive(parser, token));
        }
    }

    private void readStreamOptions(JsonParser parser, JsonToken token) throws IOException {
        int valueStart = start(parser);
        if (token != JsonToken.START_OBJECT && token != JsonToken.VALUE_NULL) {
            throw Errors.wrongType("stream_options", "an object").exception();
        }
        while (token == JsonToken.START_OBJECT && parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean matches = parser.currentName().equals("include_usage");
            JsonToken value = parser.nextToken();
            if (matches) {
                if (includeUsage != null) {
                    throw Errors.duplicated("stream_options.include_usage").exception();
                }
                includeUsage = new JsonSpan(start(parser), end(parser));
                usageRequested = bool(value, "stream_options.include_usage");
            } else {
                parser.skipChildren();
            }
        }
        streamOptions = new JsonSpan(valueStart, end(parser));
    }

    private static Member member(String name) {
        return switch (name) {
            case "model" -> Member.MODEL;
            case "stream" -> Member.STREAM;
            case "stream_options" -> Member.STREAM_OPTIONS;
            case "max_tokens" -> Member.MAX_TOKENS;
            case "max_completion_tokens", "max_output_tokens" -> Member.MAX_COMPLETION_TOKENS;
            case "n" -> Member.N;
            case "stream_format" -> Member.STREAM_FORMAT;
            default -> null;
        };
    }

    private static boolean identifies(String name) {
        return switch (name) {
            case "user", "safety_identifier", "prompt_cache_key", "conversation", "metadata" -> true;
            default -> false;
        };
    }

    private static boolean bool(JsonToken token, String param) {
        if (token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE || token == JsonToken.VALUE_NULL) {
            return token == JsonToken.VALUE_TRUE;
        }
        throw Errors.wrongType(param, "a boolean").exception();
    }

    /** Invalid numbers count as 0; the upstream rejects them. Integers out of range count as {@link Integer#MAX_VALUE}. */
    private static long positive(JsonParser parser, JsonToken token) throws IOException {
        if (token != JsonToken.VALUE_NUMBER_INT) {
            parser.skipChildren();
            return 0;
        }
        if (parser.getNumberType() == JsonParser.NumberType.INT) {
            return Math.max(0, parser.getIntValue());
        }
        return parser.getText().startsWith("-") ? 0 : Integer.MAX_VALUE;
    }

    private static int start(JsonParser parser) {
        return (int) parser.currentTokenLocation().getByteOffset();
    }

    private static int end(JsonParser parser) throws IOException {
        parser.finishToken();
        return (int) parser.currentLocation().getByteOffset();
    }

    private static String where(JsonProcessingException e) {
        if (e instanceof StreamConstraintsException) {
            return "(It has more than 1,000 levels, a number of more than 1,000 digits or a name of more than 50,000 characters.)";
        }
        return e.getLocation() == null ? "(It ends too early.)"
                : "(Line " + e.getLocation().getLineNr() + ", column " + e.getLocation().getColumnNr() + ".)";
    }
}
