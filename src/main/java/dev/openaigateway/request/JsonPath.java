package dev.openaigateway.request;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.openaigateway.json.JsonTokens;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A member of a JSON object, by a path of names such as {@code user} or {@code metadata.team}. Reads and changes the member in
 * the bytes of a document; all other bytes stay as they are. A member that occurs several times is changed at each place.
 * Immutable.
 */
final class JsonPath {

    private static final JsonFactory JSON = new JsonFactory();

    /** A member of the path, or a value before the end of the path that is no object. Positions are indexes of bytes. */
    private record Place(int name, int value, int end, int open, int depth) {
    }

    /** An object on the path that lacks the next name. */
    private record Gap(int open, boolean empty, int depth) {
    }

    private final List<String> names;

    private JsonPath(List<String> names) {
        this.names = names;
    }

    /** @throws IllegalArgumentException if one of the names is empty */
    static JsonPath of(String dotted) {
        List<String> names = List.of(dotted.split("\\.", -1));
        if (names.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("'" + dotted + "' is no path of member names, such as user or metadata.team.");
        }
        return new JsonPath(names);
    }

    /** The JSON text of the value; of the last one if there are several; null if there is none. */
    String value(byte[] json) {
        String found = null;
        for (Place place : new Search(json).places) {
            found = isWhole(place) ? text(json, place) : found;
        }
        return found;
    }

    /**
     * Changes each occurrence.
     *
     * @param change from the JSON text of the old value to that of the new one
     * @param absent the JSON text of the value to add if the path has no member; null to add none
     */
    byte[] change(byte[] json, UnaryOperator<String> change, String absent) {
        Search search = new Search(json);
        byte[] result = json;
        boolean found = false;
        for (int i = search.places.size() - 1; i >= 0; i--) {
            Place place = search.places.get(i);
            if (isWhole(place)) {
                found = true;
                String before = text(json, place);
                String after = change.apply(before);
                result = after.equals(before) ? result : spliced(result, place.value(), place.end(), after);
            } else if (absent != null) {
                found = true;
                result = spliced(result, place.value(), place.end(), nested(place.depth() + 1, absent));
            }
        }
        if (found || absent == null || search.gaps.isEmpty()) {
            return result;
        }
        Gap gap = search.gaps.get(search.gaps.size() - 1);
        String member = quoted(names.get(gap.depth())) + ":" + value(gap.depth() + 1, absent) + (gap.empty() ? "" : ",");
        return spliced(result, gap.open(), gap.open(), member);
    }

    /** Removes each occurrence, with one comma. */
    byte[] remove(byte[] json) {
        byte[] result = json;
        Place place = lastWhole(result);
        while (place != null) {
            int after = skipBlanks(result, place.end());
            if (result[after] == ',') {
                result = spliced(result, place.name(), skipBlanks(result, after + 1), "");
            } else {
                int before = place.name() - 1;
                while (before >= place.open() && result[before] != ',') {
                    before--;
                }
                result = spliced(result, before < place.open() ? place.name() : before, place.end(), "");
            }
            place = lastWhole(result);
        }
        return result;
    }

    static String quoted(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }

    private Place lastWhole(byte[] json) {
        return new Search(json).places.stream().filter(this::isWhole).reduce((first, second) -> second).orElse(null);
    }

    private boolean isWhole(Place place) {
        return place.depth() == names.size() - 1;
    }

    private String value(int depth, String value) {
        return depth == names.size() ? value : nested(depth, value);
    }

    private String nested(int depth, String value) {
        return "{" + quoted(names.get(depth)) + ":" + value(depth + 1, value) + "}";
    }

    private static String text(byte[] json, Place place) {
        return new String(json, place.value(), place.end() - place.value(), StandardCharsets.UTF_8);
    }

    private static int skipBlanks(byte[] json, int from) {
        int at = from;
        while (json[at] == ' ' || json[at] == '\n' || json[at] == '\r' || json[at] == '\t') {
            at++;
        }
        return at;
    }

    private static byte[] spliced(byte[] json, int start, int end, String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(json.length + text.length());
        out.write(json, 0, start);
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        out.write(json, end, json.length - end);
        return out.toByteArray();
    }

    /** One pass over a document. */
    private final class Search {

        private final List<Place> places = new ArrayList<>(1);
        private final List<Gap> gaps = new ArrayList<>(1);

        Search(byte[] json) {
            try (JsonParser parser = JSON.createParser(json)) {
                if (parser.nextToken() == JsonToken.START_OBJECT) {
                    object(parser, 0);
                }
            } catch (IOException e) {
                throw new IllegalArgumentException("The body is no JSON object.", e);
            }
        }

        private void object(JsonParser parser, int depth) throws IOException {
            int open = JsonTokens.end(parser);
            boolean empty = true;
            boolean matched = false;
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                empty = false;
                boolean matches = parser.currentName().equals(names.get(depth));
                int name = JsonTokens.start(parser);
                JsonToken token = parser.nextToken();
                int value = JsonTokens.start(parser);
                if (matches && depth < names.size() - 1 && token == JsonToken.START_OBJECT) {
                    object(parser, depth + 1);
                } else {
                    parser.skipChildren();
                    if (matches) {
                        places.add(new Place(name, value, JsonTokens.end(parser), open, depth));
                    }
                }
                matched |= matches;
            }
            if (!matched) {
                gaps.add(new Gap(open, empty, depth));
            }
        }
    }
}
