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

/** The printed settings with their addresses replaced by those of upstreams on this machine, and what comes of them. */
final class Printed {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Printed() {
    }

    /** @param places addresses and other texts that stand for something of the reader's, and what stands in their place */
    static String text(String name, Map<String, String> places) {
        try {
            return replaced(Files.readString(Example.path(name)), places);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(name, e);
        }
    }

    static Map<String, String> variables(String name, Map<String, String> places) {
        try {
            Map<String, String> variables = new HashMap<>(Example.variables(name));
            variables.replaceAll((variable, value) -> replaced(value, places));
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

    private static String replaced(String text, Map<String, String> places) {
        String result = text;
        for (Map.Entry<String, String> place : places.entrySet()) {
            result = result.replace(place.getKey(), place.getValue());
        }
        return result;
    }
}
