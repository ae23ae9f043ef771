package dev.openaigateway.config.load;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.openaigateway.problem.InvalidSettingsException;
import dev.openaigateway.problem.Problem;

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
                return new Document(source, object, Map.of());
            }
            throw Problem.about(source, "must be a JSON object");
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            String location = at == null ? source : source + ":" + at.getLineNr() + ":" + at.getColumnNr();
            throw Problem.about(location, "is not valid JSON: " + withoutContent(e.getOriginalMessage()));
        }
    }

    /** Removes what the parser quotes, since it may be a key. */
    private static String withoutContent(String message) {
        return message.lines().findFirst().orElse("").replaceAll("'[^']{2,}'", "'...'");
    }
}
