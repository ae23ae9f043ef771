package dev.openaigateway.request;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.openaigateway.support.CapturedLog;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.http.HttpResponse;

import static org.assertj.core.api.Assertions.assertThat;

/** A dry run shows the answer that the rules give to a request. */
class ExplainedAnswerTest extends RuledGateway {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CHAT = "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

    @Override
    void rules() {
        status("ok", "200");
        status("no-content", "204");
        status("gone", "410");
        status("unknown", "soon");
        answer("nothing", "- log: { message: nothing }");
        answer("text", "- setBody: { id: polite, expression: { constant: { expression: 'No.' } } }");
        answer("json", "- setBody: { expression: { constant: { expression: '{\"answer\": 42}' } } }");
        answer("typed", """
                - setHeader: { name: Content-Type, expression: { constant: { expression: text/html } } }
                - setBody: { expression: { constant: { expression: '<p>No</p>' } } }
                """);
        answer("object", "- setBody: { expression: { simple: { expression: '${exchange}', resultType: org.apache.camel.Exchange } } }");
        answer("rejected", "- to: { uri: \"reject:409?message=Not%20now\" }");
        answer("failed", "- throwException: { exceptionType: java.lang.IllegalArgumentException, message: 'No such team.' }");
    }

    private void status(String name, String status) {
        answer(name, "- setHeader: { id: %s-step, name: CamelHttpResponseCode, expression: { constant: { expression: '%s' } } }".formatted(name, status));
    }

    @ParameterizedTest
    @CsvSource({"ok, 500", "no-content, 204", "gone, 410", "unknown, 500", "nothing, 500", "text, 200", "json, 200", "typed, 200", "object, 500",
        "rejected, 409", "failed, 400"})
    void shouldBeTheAnswerOfARequest(String rule, int status) throws Exception {
        try (CapturedLog log = new CapturedLog()) {
            HttpResponse<String> response = chat(rule, CHAT);
            JsonNode explained = JSON.readTree(gateway.post("/admin/route?header.x-rule=" + rule, CHAT).body());

            assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
            assertThat(explained.at("/answer/status").asInt()).as(explained.toString()).isEqualTo(status);
            assertThat(explained.at("/answer/content_type").asText()).isEqualTo(response.headers().firstValue("content-type").orElse(""));
            assertThat(explained.at("/answer/body")).isEqualTo(parsed(response.body()));
            assertThat(recordedRule(log.accessLine(response))).isEqualTo(explained.at("/rule").asText(""));
        }
    }

    private static String recordedRule(String accessLine) {
        return accessLine.contains(" rule=") ? accessLine.replaceAll(".* rule=(\\S+).*", "$1") : "";
    }

    private static JsonNode parsed(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException notJson) {
            return JSON.getNodeFactory().textNode(body);
        }
    }
}
