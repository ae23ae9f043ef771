package dev.openaigateway.request;

import dev.openaigateway.support.CapturedLog;
import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.http.HttpResponse;

import static org.assertj.core.api.Assertions.assertThat;

/** What the log says of requests that a rule answers, rescues or fails. */
class RuleRecordTest extends RuledGateway {

    private static final String CHAT = "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

    @Override
    void rules() {
        answer("body", "- setBody: { id: polite, expression: { constant: { expression: 'No.' } } }");
        answer("status", "- setHeader: { id: closed, name: CamelHttpResponseCode, expression: { constant: { expression: 403 } } }");
        answer("statuses", "- setHeaders: { id: shut, headers: [ { name: CamelHttpResponseCode, expression: { constant: { expression: 403 } } } ] }");
        rule("changed", "- setProperty: { id: other, name: model, expression: { constant: { expression: gpt-4o-mini } } }");
        rule("empty", "- setProperty: { id: by-header, name: model, expression: { simple: { expression: '${header.x-model}' } } }");
        answer("late", """
                - to: { uri: "instance:east" }
                - throwException: { id: late-step, exceptionType: java.lang.IllegalStateException, message: 'Too late.' }
                """);
        rule("method", "- setProperty: { name: a, groovy: \"request.getBody(String).nosuch('secret')\" }");
        rule("property", "- setProperty: { name: a, groovy: \"{ -> nosuch + 1 }()\" }");
        rule("named-by-prompt", "- setProperty: { name: a, groovy: \"request.getBody(String).'a secret'\" }");
        rule("simple-method", "- setProperty: { name: a, simple: { expression: \"${header.x-rule.nosuch('secret')}\" } }");
        rule("conversion", "- convertBodyTo: { type: java.util.UUID }");
        rule("no-body", "- setBody: { header: { expression: x-none } }\n- unmarshal: { json: { } }");
        rule("class", "- setProperty: { name: a, groovy: \"@Deprecated def b = new com.example.Nope()\" }");
        answer("unhandled", "- to: { uri: \"direct:unhandled\" }");
        answer("unnamed", "- to: { uri: \"direct:unnamed\" }");
        answer("rescued", "- to: { uri: \"direct:rescued\" }");
        answer("refused", "- to: { uri: \"direct:refused\" }");
    }

    @Override
    void prepare(GatewayFolder folder) {
        assertThat(folder.path().resolve("routes/rules").toFile().mkdirs()).isTrue();
        folder.write("routes/rules/rescued.camel.yaml", guarded("rescued", "instance:east"));
        folder.write("routes/rules/unhandled.camel.yaml", guarded("unhandled", "reject:409").replace("java.lang.Exception", "java.io.IOException"));
        folder.write("routes/rules/unnamed.camel.yaml", guarded("unnamed", "reject:409").replace("id: unnamed-by, ", ""));
        folder.write("routes/rules/refused.camel.yaml", guarded("refused", "reject:409"));
    }

    private static String guarded(String name, String rescue) {
        return """
                - onException:
                    exception: [ java.lang.Exception ]
                    handled: { constant: { expression: "true" } }
                    steps:
                      - to: { id: %1$s-by, uri: "%2$s" }
                - route:
                    id: %1$s
                    from:
                      uri: direct:%1$s
                      steps:
                        - throwException: { exceptionType: java.lang.IllegalStateException, message: 'No.' }
                """.formatted(name, rescue);
    }

    @ParameterizedTest
    @CsvSource({"body, 200, routing/polite", "status, 403, routing/closed", "statuses, 403, routing/shut", "changed, 200, routing/changed-send",
        "rescued, 200, onException/rescued-by", "unnamed, 409, onException:rules/unnamed.camel.yaml:5", "refused, 409, "})
    void shouldNameTheStepThatAnswered(String rule, int status, String name) {
        try (CapturedLog log = new CapturedLog()) {
            HttpResponse<String> response = chat(rule, CHAT);

            assertThat(response.statusCode()).isEqualTo(status);
            assertThat(log.accessLine(response)).contains(" rule=" + (name == null ? "onException/refused-by" : name));
            assertThat(log.linesWith("")).as("lines beside those of requests").allMatch(line -> line.startsWith("access: "));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"method | MissingMethodException: no such method 'nosuch' in java.lang.String",
        "property | MissingPropertyException: no property 'nosuch'", "named-by-prompt | MissingPropertyException: no property '...' in java.lang.String",
        "simple-method | MethodNotFoundException: no such method 'nosuch' in java.lang.String",
        "conversion | NoTypeConversionAvailableException: cannot convert byte[] to java.util.UUID",
        "no-body | NoTypeConversionAvailableException: cannot convert null to ",
        "class | MultipleCompilationErrorsException: unable to resolve class com.example.Nope"})
    void shouldNameWhatAScriptLacks(String rule, String reason) {
        try (CapturedLog log = new CapturedLog()) {
            assertThat(chat(rule, CHAT).statusCode()).isEqualTo(500);

            assertThat(log.linesWith("A rule ended a request")).singleElement().asString().contains("): " + reason).doesNotContain("secret");
        }
    }

    @Test
    void shouldLogAFailureThatNoHandlerTakesInOneLine() {
        try (CapturedLog log = new CapturedLog()) {
            assertThat(chat("unhandled", CHAT).statusCode()).isEqualTo(500);

            assertThat(log.linesWith("A rule ended a request")).hasSize(1);
            assertThat(log.linesWith("Failed delivery")).isEmpty();
            assertThat(log.linesWith(CapturedLog.STACK_TRACE)).isEmpty();
        }
    }

    @Test
    void shouldRecordWhatTheClientGotIfAStepFailsAfterAStream() {
        try (CapturedLog log = new CapturedLog()) {
            east.enqueue(Reply.chatStream("Hello"));
            HttpResponse<String> response = chat("late", CHAT.replace("{\"model\"", "{\"stream\":true,\"model\""));

            assertThat(response.body()).contains("[DONE]").doesNotContain("error");
            assertThat(log.accessLine(response)).contains(" status=200 ").doesNotContain("client_gone");
            assertThat(log.linesWith("late-step")).singleElement().asString().contains("after the response", "routing.camel.yaml:", "Too late.");
        }
    }

    @Test
    void shouldRefuseAnEmptyModel() {
        int before = east.requests().size();

        HttpResponse<String> response = send("empty", "/v1/chat/completions", CHAT, "x-model", "");

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).contains("\"rule_error\"", "step 'by-header' of route 'routing' (routing.camel.yaml:");
        assertThat(east.requests()).hasSize(before);
    }
}
