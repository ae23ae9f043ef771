package dev.openaigateway.request;

import dev.openaigateway.support.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/** The steps {@code request:cap}, {@code set}, {@code remove}, {@code system} and {@code header}. */
class RequestComponentTest extends RuledGateway {

    @Override
    void rules() {
        rule("cap", "- to: { uri: \"request:cap\", parameters: { max_tokens: 1000 } }");
        rule("cap-newer", "- to: { uri: \"request:cap?max_completion_tokens=1000\" }");
        rule("cap-others", "- to: { uri: \"request:cap\", parameters: { n: 1, temperature: 0.7 } }");
        rule("cap-by-header", "- to: { uri: \"request:cap\", parameters: { max_tokens: \"${header.x-most}\" } }");
        rule("set", "- to: { uri: \"request:set\", parameters: { service_tier: flex, seed: 7, store: false, stop: '[\"a\"]' } }");
        rule("set-path", "- to: { uri: \"request:set\", parameters: { metadata.team: \"${header.x-team}\" } }");
        rule("set-pair", "- to: { uri: \"request:set\", parameters: { name: metadata.my-team, value: \"${header.x-team}\" } }");
        rule("set-model", "- to: { uri: \"request:set\", parameters: { model: gpt-4o-mini } }");
        rule("remove", "- to: { uri: \"request:remove\", parameters: { name: \"user, metadata.team\" } }");
        rule("system", "- to: { uri: \"request:system\", parameters: { text: \"Answer in \\\"German\\\".\" } }");
        rule("header", """
                - to: { uri: "request:header", parameters: { name: x-team, value: research } }
                - to: { uri: "request:header?name=x-model&value=${exchangeProperty.model}" }
                """);
        rule("all", """
                - to: { uri: "request:cap", parameters: { max_tokens: 10 } }
                - to: { uri: "request:remove", parameters: { name: user } }
                - setProperty: { name: model, expression: { constant: { expression: o1 } } }
                - to: { uri: "request:header", parameters: { name: x-seen, value: "${jq(.max_tokens)}" } }
                """);
        String made = "- setVariable: { name: a, groovy: \"%s\" }\n- to: { uri: \"request:set\", parameters: { user: \"${variable.a}\" } }";
        rule("set-stream", made.formatted("new ByteArrayInputStream('abc'.bytes)"));
        rule("set-array", made.formatted("['a', 'b'] as String[]"));
        rule("set-file", """
                - poll: { uri: "file:docs?fileName=glossary.md&noop=true&idempotent=false", timeout: 20000, variableReceive: a }
                - to: { uri: "request:system", parameters: { text: "${variable.a}" } }
                """);
        rule("form-model", "- setProperty: { name: model, expression: { constant: { expression: whisper-2 } } }");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "cap        | {\"max_tokens\": 5000 ,\"a\":1}                    | {\"max_tokens\": 1000 ,\"a\":1}",
        "cap        | {\"a\":1, \"max_tokens\":999}                      | {\"a\":1, \"max_tokens\":999}",
        "cap        | {\"a\":1,\"max_completion_tokens\":5e3}            | {\"a\":1,\"max_completion_tokens\":1000}",
        "cap        | {\"a\":1,\"max_tokens\":-1}                        | {\"a\":1,\"max_tokens\":1000}",
        "cap        | {\"a\":1,\"max_tokens\":\"5000\"}                  | {\"a\":1,\"max_tokens\":1000}",
        "cap        | {\"a\":1,\"max_tokens\":null}                      | {\"a\":1,\"max_tokens\":1000}",
        "cap        | {\"a\":1,\"max_tokens\":5,\"max_completion_tokens\":5000} | {\"a\":1,\"max_tokens\":5,\"max_completion_tokens\":1000}",
        "cap        | { \"a\":1}                                         | {\"max_tokens\":1000, \"a\":1}",
        "cap        | {\"a\":1,\"max_tokens\":1E-999999999}              | {\"a\":1,\"max_tokens\":1000}",
        "cap        | {\"a\":1,\"max_tokens\":1E999999999}               | {\"a\":1,\"max_tokens\":1000}",
        "cap-newer  | {\"a\":1}                                          | {\"max_completion_tokens\":1000,\"a\":1}",
        "cap-newer  | {\"max_tokens\":5000}                              | {\"max_tokens\":1000}",
        "cap-others | {\"n\":3,\"temperature\":0.2}                      | {\"n\":1,\"temperature\":0.2}",
        "set        | {\"service_tier\":\"auto\",\"seed\" : 1.50 , \"store\":true, \"stop\":null} | {\"service_tier\":\"flex\",\"seed\" : 7 , \"store\":false, \"stop\":[\"a\"]}",
        "set-pair   | {\"metadata\":{\"my-team\":\"x\",\"b\":2}}         | {\"metadata\":{\"my-team\":\"a\\\"b\",\"b\":2}}",
        "set-path   | {\"metadata\":{\"team\":\"x\",\"b\":2}}            | {\"metadata\":{\"team\":\"a\\\"b\",\"b\":2}}",
        "set-path   | {\"metadata\":{}}                                  | {\"metadata\":{\"team\":\"a\\\"b\"}}",
        "set-path   | {\"metadata\":null, \"a\":1}                       | {\"metadata\":{\"team\":\"a\\\"b\"}, \"a\":1}",
        "set-path   | {\"a\":{\"metadata\":1}}                           | {\"metadata\":{\"team\":\"a\\\"b\"},\"a\":{\"metadata\":1}}",
        "set-model  | {\"a\":1}                                          | {\"a\":1}",
        "remove     | {\"user\" : \"u\" , \"a\":1}                       | {\"a\":1}",
        "remove     | {\"a\":1,\"user\":{\"b\":[1,2]}}                    | {\"a\":1}",
        "remove     | {\"us\\u0065r\":1,\"user\":2,\"metadata\":{\"team\":1}} | {\"metadata\":{}}",
        "remove     | {\"a\":1,\"users\":[{\"user\":1}]}                 | {\"a\":1,\"users\":[{\"user\":1}]}"})
    void shouldChangeNothingElse(String rule, String members, String expected) {
        String messages = ",\"messages\":[{\"role\":\"user\",\"content\":\"{\\\"user\\\": 1}\"}],\"model\":\"gpt-4o\"}";
        String request = members.substring(0, members.length() - 1) + messages;
        String changed = expected.substring(0, expected.length() - 1) + messages;

        HttpResponse<String> response = send(rule, "/v1/chat/completions", request, "x-team", "a\"b");

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(east.requests().get(east.requests().size() - 1).text())
                .isEqualTo(rule.equals("set-model") ? changed.replace("gpt-4o", "gpt-4o-mini") : changed.replace("{},", "{},"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "chat/completions | \"messages\" : [ {\"role\":\"user\",\"content\":\"Hi\"} ] | \"messages\" : [{\"role\":\"system\",\"content\":\"Answer in \\\"German\\\".\"}, {\"role\":\"user\",\"content\":\"Hi\"} ]",
        "chat/completions | \"messages\":[]                   | \"messages\":[{\"role\":\"system\",\"content\":\"Answer in \\\"German\\\".\"}]",
        "responses        | \"input\":\"Hi\"                  | \"instructions\":\"Answer in \\\"German\\\".\",\"model\":\"m\",\"input\":\"Hi\"",
        "responses        | \"input\":\"Hi\",\"instructions\":\"Be brief.\" | \"input\":\"Hi\",\"instructions\":\"Answer in \\\"German\\\".\\n\\nBe brief.\"",
        "embeddings       | \"input\":\"Hi\"                  | \"input\":\"Hi\""})
    void shouldAddASystemMessage(String operation, String members, String expected) {
        String changed = expected.contains("\"model\"") ? "{" + expected + "}" : "{\"model\":\"m\"," + expected + "}";

        assertThat(sent("system", "/v1/" + operation, "{\"model\":\"m\"," + members + "}").text()).isEqualTo(changed);
    }

    @Test
    void shouldCapTheTokensOfEachOperation() {
        assertThat(sent("cap", "/v1/responses", "{\"model\":\"m\",\"input\":\"a\",\"max_output_tokens\":9000}").text())
                .isEqualTo("{\"model\":\"m\",\"input\":\"a\",\"max_output_tokens\":1000}");
        assertThat(sent("cap", "/v1/completions", "{\"model\":\"m\",\"prompt\":\"a\"}").text())
                .isEqualTo("{\"max_tokens\":1000,\"model\":\"m\",\"prompt\":\"a\"}");
        assertThat(sent("cap", "/v1/embeddings", "{\"model\":\"m\",\"input\":\"a\"}").text()).isEqualTo("{\"model\":\"m\",\"input\":\"a\"}");
    }

    @Test
    void shouldSetHeadersForTheUpstreamOnly() {
        RecordedRequest request = sent("header", "/v1/chat/completions", "{\"model\":\"gpt-4o\",\"messages\":[]}");

        assertThat(request.header("x-team")).isEqualTo("research");
        assertThat(request.header("x-model")).isEqualTo("gpt-4o");
        assertThat(request.header("x-rule")).isNull();
        assertThat(request.header("authorization")).isEqualTo("Bearer k");
    }

    @Test
    void shouldApplySeveralStepsInOrder() {
        RecordedRequest request = sent("all", "/v1/chat/completions", "{\"user\":\"u\",\"model\":\"gpt-4o\",\"messages\":[]}");

        assertThat(request.text()).isEqualTo("{\"max_tokens\":10,\"model\":\"o1\",\"messages\":[]}");
        assertThat(request.header("x-seen")).isEqualTo("10");
    }

    @Test
    void shouldChangeTheModelOfAFormOnly() {
        String form = "--b\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nwhisper-1\r\n--b\r\n"
                + "Content-Disposition: form-data; name=\"file\"; filename=\"a.mp3\"\r\n\r\nx\r\n--b--\r\n";

        assertThat(form("form-model", form).statusCode()).isEqualTo(200);
        assertThat(east.requests().get(east.requests().size() - 1).text()).isEqualTo(form.replace("whisper-1", "whisper-2"));
        for (String rule : new String[] {"cap", "system", "remove"}) {
            assertThat(form(rule, form).statusCode()).as(rule).isEqualTo(200);
            assertThat(east.requests().get(east.requests().size() - 1).text()).as(rule).isEqualTo(form);
        }
        String withUser = form.replace("--b\r\nContent-Disposition: form-data; name=\"file\"",
                "--b\r\nContent-Disposition: form-data; name=\"user\"\r\n\r\nu\r\n--b\r\nContent-Disposition: form-data; name=\"file\"");
        assertThat(form("remove", withUser).body()).contains("\"code\":\"rule_error\"", "request:remove", "The body of a form cannot be changed");
        assertThat(form("header", form).statusCode()).isEqualTo(200);
        assertThat(east.requests().get(east.requests().size() - 1).header("x-team")).isEqualTo("research");
    }

    @Test
    void shouldTakeTheContentOfAStreamAnArrayAndAFile() throws IOException {
        assertThat(sent("set-stream", "/v1/chat/completions", "{\"model\":\"gpt-4o\"}").text()).contains("\"user\":\"abc\"");
        assertThat(sent("set-array", "/v1/chat/completions", "{\"model\":\"gpt-4o\"}").text()).contains("\"user\":[\"a\",\"b\"]");
        assertThat(sent("set-file", "/v1/chat/completions", "{\"model\":\"gpt-4o\",\"messages\":[]}").text())
                .contains(JsonPath.quoted(Files.readString(Path.of("docs/glossary.md"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1E50000000", "1E-999999999", "1E99999999999", "NaN", "0x10"})
    void shouldRefuseACapOfALengthThatNoNumberHas(String most) {
        HttpResponse<String> response = send("cap-by-header", "/v1/chat/completions", "{\"model\":\"gpt-4o\",\"messages\":[]}", "x-most", most);

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).contains("rule_error", "must be a number, not '" + most + "'");
    }

    @Test
    void shouldNameTheStepWhoseValueIsWrong() {
        HttpResponse<String> response = send("cap-by-header", "/v1/chat/completions", "{\"model\":\"gpt-4o\",\"messages\":[]}", "x-most", "many");

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).contains("rule_error", "route 'routing'", "The cap of 'max_tokens' must be a number, not 'many'.");
        assertThat(send("cap-by-header", "/v1/chat/completions", "{\"model\":\"gpt-4o\",\"messages\":[]}", "x-most", "5").statusCode()).isEqualTo(200);
        assertThat(east.requests().get(east.requests().size() - 1).text()).contains("\"max_tokens\":5");
    }

    private HttpResponse<String> form(String rule, String form) {
        return gateway.send(HttpRequest.newBuilder(java.net.URI.create(gateway.url("/v1/audio/transcriptions")))
                .header("Content-Type", "multipart/form-data; boundary=b").header("x-rule", rule)
                .POST(HttpRequest.BodyPublishers.ofString(form)));
    }
}
