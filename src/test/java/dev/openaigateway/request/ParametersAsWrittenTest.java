package dev.openaigateway.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** The {@code parameters} of a step reach the gateway's own components as the rule has them, whatever they mean in a URI. */
class ParametersAsWrittenTest extends RuledGateway {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> TEXTS = List.of("a & b", "a&b=c&seed=1", "a%26b 100% %zz", "1 + 1 = 2", "a#b", "#bean:x", "#1 of all", " ends with blanks ", "RAW(a&b)",
            "RAW(a", "f(x)&g{y}&", "line one\nline two\ttab", "ä € 😀 \u2028", "what? /a//b:c;d,e", "\"quoted\" 'too' \\ ` ^ | < > [ ] { }", "~0026", "$x and $");

    @Override
    void rules() {
        for (int i = 0; i < TEXTS.size(); i++) {
            String text = quoted(TEXTS.get(i));
            rule("set-" + i, "- to: { uri: request:set, parameters: { user: %s, metadata.other: kept } }".formatted(text));
            rule("long-" + i, "- to: { uri: request, parameters: { action: set, user: %s, metadata.other: kept } }".formatted(text));
            rule("dynamic-" + i, "- toD: { uri: request:set, parameters: { user: %s, metadata.other: \"${header.x-other}\" } }".formatted(text));
            rule("reject-" + i, "- to: { uri: \"reject:403\", parameters: { message: %s, code: mine } }".formatted(text));
        }
        rule("expression", "- to: { uri: request:set, parameters: { user: \"${header.x-rule}&${replace('n', '&')}+${header.x-other}#\" } }");
        rule("placeholder", "- to: { uri: request:set, parameters: { user: \"a&{{camel.main.name}}&b\" } }");
        rule("shared", """
                - to: { uri: request:set, parameters: &both { user: "a&b" } }
                - to: { uri: request:set, parameters: *both }
                """);
        answer("instance", "- to: { uri: \"instance:east\", parameters: { model: \"gpt&4+o%26#1\" } }\n");
    }

    private static String quoted(String text) {
        try {
            return JSON.writeValueAsString(text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private JsonNode changed(String rule, String... headers) throws IOException {
        int before = east.requests().size();
        HttpResponse<String> response = send(rule, "/v1/chat/completions", "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}", headers);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JSON.readTree(east.awaitRequests(before + 1).get(before).text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"set", "long", "dynamic"})
    void shouldSetEachTextAsWritten(String form) throws IOException {
        for (int i = 0; i < TEXTS.size(); i++) {
            JsonNode body = changed(form + "-" + i, "x-other", "kept");
            assertThat(body.at("/user").asText()).isEqualTo(TEXTS.get(i));
            assertThat(body.at("/metadata/other").asText()).isEqualTo("kept");
        }
    }

    @Test
    void shouldRejectWithEachMessageAsWritten() throws IOException {
        for (int i = 0; i < TEXTS.size(); i++) {
            JsonNode error = JSON.readTree(send("reject-" + i, "/v1/chat/completions", "{\"model\":\"m\",\"messages\":[]}").body());
            assertThat(error.at("/error/message").asText()).isEqualTo(TEXTS.get(i));
            assertThat(error.at("/error/code").asText()).isEqualTo("mine");
        }
    }

    @Test
    void shouldEvaluateExpressionsAndPlaceholdersBesideTheText() throws IOException {
        assertThat(changed("expression", "x-other", "b&c").at("/user").asText()).startsWith("expression&").endsWith("+b&c#");
        assertThat(changed("placeholder").at("/user").asText()).isEqualTo("a&openai-gateway&b");
        assertThat(changed("shared").at("/user").asText()).isEqualTo("a&b");
    }

    @Test
    void shouldAskAnInstanceForTheModelAsWritten() throws IOException {
        assertThat(changed("instance").at("/model").asText()).isEqualTo("gpt&4+o%26#1");
    }
}
