package dev.openaigateway.openai.passed;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import dev.openaigateway.openai.Json;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The files that an object of an upstream, such as a batch, says to have written. */
public final class WrittenFiles {

    private static final Set<String> MEMBERS = Set.of("output_file_id", "error_file_id");
    private static final String FILE = "file";
    private static final String FILES = "result_files";

    private WrittenFiles() {
    }

    /** Their ids; empty if the JSON is no object. Builds no tree, which would take many times the memory of the JSON. */
    public static Optional<List<String>> in(byte[] json) {
        List<String> ids = new ArrayList<>(0);
        try (JsonParser parser = Json.MAPPER.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (parser.getParsingContext().inRoot()) {
                    return parser.nextToken() == null ? Optional.of(ids) : Optional.empty();
                }
                if (token == JsonToken.VALUE_STRING && isFile(parser.getParsingContext())) {
                    add(ids, parser.getText());
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static boolean isFile(JsonStreamContext value) {
        JsonStreamContext holder = value.getParent();
        if (holder.inRoot()) {
            return MEMBERS.contains(value.getCurrentName());
        }
        return holder.getParent().inRoot() && (value.inArray() ? FILES.equals(holder.getCurrentName())
                : FILE.equals(holder.getCurrentName()) && "id".equals(value.getCurrentName()));
    }

    /** Their ids in an entry of a list. */
    public static List<String> in(JsonNode object) {
        List<String> ids = new ArrayList<>(0);
        MEMBERS.forEach(name -> add(ids, object.path(name).textValue()));
        add(ids, object.path(FILE).path("id").textValue());
        object.path(FILES).forEach(file -> add(ids, file.textValue()));
        return ids;
    }

    private static void add(List<String> ids, String id) {
        if (id != null && !id.isEmpty()) {
            ids.add(id);
        }
    }
}
