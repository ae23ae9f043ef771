package dev.openaigateway.migrate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.openaigateway.config.load.Example;
import dev.openaigateway.support.RecordedRequest;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Reads the printed settings, replaces their URLs by those of local upstreams, and reads the responses. */
final class Printed {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Printed() {
    }

    /** @param replacements by placeholder, such as a URL that the reader has to replace */
    static String text(String name, Map<String, String> replacements) {
        try {
            return replaced(Files.readString(Example.path(name)), replacements);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(name, e);
        }
    }

    static Map<String, String> variables(String name, Map<String, String> replacements) {
        try {
            Map<String, String> variables = new HashMap<>(Example.variables(name));
            variables.replaceAll((variable, value) -> replaced(value, replacements));
            return variables;
        } catch (IOException | URISyntaxException e) {
            throw new IllegalArgumentException(name, e);
        }
    }

    static TestGateway.Builder with(TestGateway.Builder builder, Map<String, String> variables) {
        variables.forEach(builder::variable);
        return builder;
    }

    static JsonNode json(HttpResponse<String> response, int status) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        return json(response.body());
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(text, e);
        }
    }

    static String instance(HttpResponse<?> response) {
        return response.headers().firstValue("x-gateway-instance").orElse("none");
    }

    static RecordedRequest last(ScriptedUpstream upstream) {
        List<RecordedRequest> seen = upstream.requests();
        return seen.get(seen.size() - 1);
    }

    private static String replaced(String text, Map<String, String> replacements) {
        String result = text;
        for (Map.Entry<String, String> replacement : replacements.entrySet()) {
            result = result.replace(replacement.getKey(), replacement.getValue());
        }
        return result;
    }
}
