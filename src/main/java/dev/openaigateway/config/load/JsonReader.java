package dev.openaigateway.config.load;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.openaigateway.problem.InvalidSettingsException;
import dev.openaigateway.problem.Problem;

import java.io.IOException;
import java.util.Map;

/** Parses JSON. Comments are allowed; repeated keys are refused. */
final class JsonReader {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private JsonReader() {
    }

    static Document read(String source, String json) throws InvalidSettingsException {
        try {
            JsonNode root = JSON.readTree(json);
            if (root instanceof ObjectNode object) {
                requireKeys(source, json);
                return new Document(source, object, Map.of());
            }
            throw Problem.about(source, "must be a JSON object");
        } catch (JsonProcessingException e) {
            throw Problem.about(place(source, e.getLocation()), "is not valid JSON: " + withoutContent(e.getOriginalMessage()));
        } catch (IOException e) {
            throw new AssertionError("a text in memory can be read", e);
        }
    }

    private static void requireKeys(String source, String json) throws IOException, InvalidSettingsException {
        try (JsonParser parser = JSON.createParser(json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.FIELD_NAME && parser.currentName().isBlank()) {
                    throw Problem.about(place(source, parser.currentTokenLocation()), YamlReason.NO_KEY);
                }
            }
        }
    }

    private static String place(String source, JsonLocation at) {
        return at == null ? source : source + ":" + at.getLineNr() + ":" + at.getColumnNr();
    }

    /** Removes what the parser quotes, since it may be a key. */
    private static String withoutContent(String message) {
        return message.lines().findFirst().orElse("").replaceAll("'[^']{2,}'", "'...'");
    }
}
