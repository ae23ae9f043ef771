package dev.openaigateway.admin;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.openaigateway.openai.Json;
import dev.openaigateway.problem.DidYouMean;
import dev.openaigateway.problem.InvalidSettingsException;
import dev.openaigateway.problem.Problem;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the files in the body of a request: {@code {"files": {"NAME": "TEXT"}}}. */
final class GivenFiles {

    private static final String FILES = "files";

    private GivenFiles() {
    }

    /**
     * The texts by name; empty for the text of one file, which may be settings in JSON.
     *
     * @throws InvalidSettingsException for anything else beside or in place of the texts
     */
    static Optional<Map<String, String>> in(String body) throws InvalidSettingsException {
        JsonNode document;
        try {
            document = body.stripLeading().startsWith("{")
                    ? Json.MAPPER.reader().with(JsonParser.Feature.STRICT_DUPLICATE_DETECTION).readTree(body) : Json.MAPPER.missingNode();
        } catch (JsonProcessingException e) {
            if (e.getOriginalMessage().startsWith("Duplicate field")) {
                throw invalid("", "has a name twice: " + e.getOriginalMessage(), Optional.empty());
            }
            return Optional.empty();
        }
        if (!document.has(FILES)) {
            Optional<String> typo = document.propertyStream().map(Map.Entry::getKey).filter(name -> DidYouMean.typo(name, List.of(FILES)).isPresent()).findFirst();
            if (typo.isPresent()) {
                throw invalid(typo.get(), "is not a known key", Optional.of(FILES));
            }
            return Optional.empty();
        }
        for (Map.Entry<String, JsonNode> member : document.properties()) {
            if (!member.getKey().equals(FILES)) {
                throw invalid(member.getKey(), "is not a known key beside 'files'", Optional.empty());
            }
        }
        return Optional.of(texts(document.get(FILES)));
    }

    private static Map<String, String> texts(JsonNode files) throws InvalidSettingsException {
        if (!files.isObject() || files.isEmpty()) {
            throw invalid(FILES, "must be an object with the text of at least one file, by its name; without files, nothing is checked", Optional.empty());
        }
        Map<String, String> texts = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> file : files.properties()) {
            if (!file.getValue().isTextual()) {
                throw invalid("files." + file.getKey(), "must be the text of the file, in quotes", Optional.empty());
            }
            texts.put(file.getKey(), file.getValue().textValue());
        }
        return texts;
    }

    private static InvalidSettingsException invalid(String path, String requirement, Optional<String> nearest) {
        return new InvalidSettingsException(new Problem("request", path, Optional.empty(), requirement, nearest));
    }
}
