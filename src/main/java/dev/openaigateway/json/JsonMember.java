package dev.openaigateway.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a single member of a JSON object without parsing the rest into objects. */
public final class JsonMember {

    private static final JsonFactory JSON = new JsonFactory();

    private JsonMember() {
    }

    /** Whether the JSON object has the top-level member, with any value but null. */
    public static boolean isIn(byte[] json, String member) {
        try (JsonParser parser = JSON.createParser(json)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean matches = parser.currentName().equals(member);
                if (parser.nextToken() != JsonToken.VALUE_NULL && matches) {
                    return true;
                }
                parser.skipChildren();
            }
        } catch (IOException e) {
            return false;
        }
        return false;
    }

    /** The numbers among these top-level members, read in one pass; if the bytes are not a valid JSON object, those before the error. */
    public static Map<String, Double> numbers(byte[] json, Set<String> members) {
        Map<String, Double> found = new HashMap<>();
        try (JsonParser parser = JSON.createParser(json)) {
            parser.nextToken();
            while (found.size() < members.size() && parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                if (parser.nextToken().isNumeric() && members.contains(name)) {
                    found.put(name, parser.getDoubleValue());
                }
                parser.skipChildren();
            }
        } catch (IOException e) {
            return found;
        }
        return found;
    }

    /** The text of a top-level member; empty if it is absent or not a string, or if the bytes are not a JSON object. */
    public static Optional<String> text(byte[] json, String member) {
        try (JsonParser parser = JSON.createParser(json)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean matches = parser.currentName().equals(member);
                JsonToken value = parser.nextToken();
                if (matches) {
                    return value == JsonToken.VALUE_STRING ? Optional.of(parser.getText()) : Optional.empty();
                }
                parser.skipChildren();
            }
        } catch (IOException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    /** The text of a value; null if it is not a string. */
    public static String text(byte[] json, JsonSpan value) {
        return json[value.start()] == '"' ? read(json, value, parser -> parser.nextToken() == null ? null : parser.getText()) : null;
    }

    /** The text of a member of a value; null if there is none. If it is repeated, the last one counts. */
    public static String text(byte[] json, JsonSpan value, String member) {
        return json[value.start()] == '{' ? read(json, value, parser -> lastText(parser, member)) : null;
    }

    private static String lastText(JsonParser parser, String member) throws IOException {
        String text = null;
        parser.nextToken();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean matches = parser.currentName().equals(member);
            boolean isText = parser.nextToken() == JsonToken.VALUE_STRING;
            if (matches) {
                text = isText ? parser.getText() : null;
            }
            parser.skipChildren();
        }
        return text;
    }

    private interface Reading {

        String of(JsonParser parser) throws IOException;
    }

    private static String read(byte[] json, JsonSpan value, Reading reading) {
        try (JsonParser parser = JSON.createParser(json, value.start(), value.end() - value.start())) {
            return reading.of(parser);
        } catch (IOException e) {
            return null;
        }
    }
}
