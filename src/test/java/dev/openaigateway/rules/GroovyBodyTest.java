package dev.openaigateway.rules;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Members of the body in Groovy, while it is bytes, and of its text. */
class GroovyBodyTest {

    private static List<String> problems(String script, String stepBefore) {
        return new CheckedRules().problems(CheckedRules.before(stepBefore + "- setProperty:\n    name: first\n    groovy: |-\n      " + script));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            body.model                              | before an instance the body is bytes, which have no 'model'; ask with 'jq' or 'jsonpath'
            body?.model == 'a'                      | which have no 'model'
            body['model']                           | which have no 'model'
            body.messages[0].content                | which have no 'messages'
            request.body.user ?: 'x'                | which have no 'user'
            exchange.in.body.metadata?.team         | which have no 'metadata'
            exchange.message.getBody().model        | which have no 'model'
            body.get('model')                       | which have no 'get'
            body.getModel()                         | which have no 'getModel'
            request.getBody(String).model           | a text has no 'model'; ask with 'jq' or 'jsonpath'
            request.getBody(String)['model']        | a text has no 'model'
            request.getBody(String).contans('a')    | a text has no 'contans'
            """)
    void shouldRefuseAMemberThatTheBodyDoesNotHave(String script, String expected) {
        assertThat(problems(script, "")).singleElement().asString().startsWith("rules.yaml:8:").contains("which fails: ", expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"body.length", "body[0]", "body[0..3]", "body.size()", "body.encodeBase64()", "body.md5()", "body.toList()", "new String(body).length()", "body.hashCode()",
        "body.collect { it }", "body.with { model }", "body.properties", "body?.length", "body instanceof Map ? body.model : 'a'", "if (body in Map) { body.model }",
        "def body = [model: 'a']; body.model", "request.setBody([model: 'a']); body.model", "try { body.model } catch (e) { 'a' }", "[1].each { body.model }",
        "switch (body) { case Map: body.model; break }", "body.getClass() == String && body.model", "request.getBody(String).empty", "request.getBody(String).size()",
        "request.getBody(String).bytes.length", "request.getBody(String).replaceAll('a', 'b')", "request.getBody(String)[0]", "request.getBody(String).chars", "request.getBody(Map)?.model",
        "request.getBody(String).with { contans('a') }", "headers.body", "exchange.properties.body"})
    void shouldLeaveAMemberThatTheBodyMayHave(String script) {
        assertThat(problems(script, "")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"- unmarshal: { json: {} }\n", "- setBody: { groovy: '[model: 1]' }\n", "- to: direct:more\n"})
    void shouldLeaveABodyThatAStepMayHaveReplaced(String step) {
        assertThat(String.join("\n", problems("body.model", step))).doesNotContain("bytes");
    }
}
