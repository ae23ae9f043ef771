package dev.openaigateway.request;

import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.RecordedRequest;
import dev.openaigateway.support.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpResponse;

import static org.assertj.core.api.Assertions.assertThat;

/** Bodies and models that rules set with Camel's own steps. */
class ChangedRequestTest extends RuledGateway {

    private static final String CHAT = "{\"model\": \"gpt-4o\",  \"user\":\"a\\u0062c\", \"messages\":[ {\"role\":\"user\",\"content\":\"Hi €\"} ] }";

    @Override
    void rules() {
        rule("nothing", "- log: { message: \"passing ${body}\" }");
        rule("text", """
                - setBody: { expression: { simple: { expression: '{"model":"gpt-4o","messages":[{"role":"user","content":"${header.x-rule}"}]}' } } }
                """);
        rule("jq", "- setBody: { expression: { jq: { expression: '.max_tokens = 1000 | del(.user)' } } }");
        rule("jsonpath", "- setBody: { expression: { jsonpath: { expression: '$' } } }");
        rule("transform", "- transform: { expression: { jq: { expression: '.n = 1' } } }");
        rule("map", """
                - unmarshal: { json: { library: Jackson } }
                - script: { expression: { simple: { expression: "${body.put('seed', 7)}" } } }
                """);
        rule("marshalled", """
                - unmarshal: { json: { library: Jackson } }
                - marshal: { json: { library: Jackson } }
                """);
        rule("bean", "- bean: { ref: trimmed }");
        rule("redact-groovy", "- setBody: { groovy: \"request.getBody(String).replaceAll('[A-Z]{2}[0-9]{20}', 'IBAN')\" }");
        rule("redact-jq", "- setBody: { jq: '(.messages[].content | strings) |= gsub(\"[A-Z]{2}[0-9]{20}\"; \"IBAN\")' }");
        rule("other-model", "- setProperty: { name: model, expression: { constant: { expression: gpt-4o-mini } } }");
        rule("long-model", "- setProperty: { name: model, expression: { groovy: { expression: \"'x' * 513\" } } }");
        rule("body-model", "- setBody: { expression: { jq: { expression: '.model = \"o1\"' } } }");
        answer("azure-model", """
                - setProperty: { name: model, expression: { constant: { expression: gpt-4o-mini } } }
                - to: { uri: "instance:west" }
                """);
        rule("mirror", """
                - wireTap: { uri: "instance:west" }
                - setBody: { expression: { jq: { expression: '.seed = 1' } } }
                """);
        rule("mirror-changed", """
                - setBody: { expression: { jq: { expression: '.seed = 1' } } }
                - wireTap: { uri: "instance:west" }
                - setBody: { expression: { jq: { expression: '.seed = 2' } } }
                """);
        answer("second-try", """
                - setBody: { expression: { jq: { expression: '.seed = 1' } } }
                - doTry:
                    steps:
                      - to: { uri: "instance:west" }
                    doCatch:
                      - exception: [java.lang.Exception]
                        steps:
                          - setBody: { expression: { jq: { expression: '.seed = .seed + 1' } } }
                          - setProperty: { name: team, expression: { simple: { expression: "${header.x-rule}" } } }
                          - to: { uri: "request:header", parameters: { name: x-team, value: "${exchangeProperty.team}" } }
                          - to: { uri: "instance:east" }
                """);
        rule("not-json", "- setBody: { id: broken, expression: { constant: { expression: 'Hello' } } }");
        rule("no-messages", "- setBody: { expression: { constant: { expression: '{\"allowed\":true}' } } }");
        rule("model-number", "- setBody: { expression: { jq: { expression: '.model = 5' } } }");
        rule("an-object", "- bean: { ref: something }");
        rule("unset", "- setBody: { expression: { simple: { expression: '${null}' } } }");
    }

    @ParameterizedTest
    @ValueSource(strings = {"redact-groovy", "redact-jq"})
    void shouldRedactTheText(String rule) {
        assertThat(sent(rule, CHAT.replace("Hi", "€ to DE89370400440532013000"))).contains("€ to IBAN").doesNotContain("DE89");
    }

    @Override
    void prepare(GatewayFolder folder) {
        folder.write("routes/mine.camel.yaml", """
                - beans:
                    - name: trimmed
                      type: dev.openaigateway.request.ChangedRequestTest$Trimmed
                    - name: something
                      type: dev.openaigateway.request.ChangedRequestTest$Something
                """);
    }

    /** A bean that gets and returns text. */
    public static final class Trimmed {

        public String trim(String body) {
            return body.replaceAll("\\s+", "");
        }
    }

    /** A bean whose result stands for no JSON. */
    public static final class Something {

        public Object make() {
            return new Object() {
                @Override
                public String toString() {
                    return "{\"model\":\"gpt-4o\",\"messages\":[]}";
                }
            };
        }
    }

    @Test
    void shouldSendWhatNoRuleChangesByteForByte() {
        assertThat(sent("nothing", CHAT)).isEqualTo(CHAT);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "text       | {\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"text\"}]}",
        "jq         | {\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi €\"}],\"max_tokens\":1000}",
        "jsonpath   | {\"model\":\"gpt-4o\",\"user\":\"abc\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi €\"}]}",
        "transform  | {\"model\":\"gpt-4o\",\"user\":\"abc\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi €\"}],\"n\":1}",
        "map        | {\"model\":\"gpt-4o\",\"user\":\"abc\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi €\"}],\"seed\":\"7\"}",
        "marshalled | {\"model\":\"gpt-4o\",\"user\":\"abc\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi €\"}]}",
        "bean       | {\"model\":\"gpt-4o\",\"user\":\"a\\u0062c\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi€\"}]}"})
    void shouldSendTheBodyThatAStepHasSet(String rule, String expected) {
        assertThat(sent(rule, CHAT)).isEqualTo(expected);
    }

    @Test
    void shouldReplaceNothingButTheModel() {
        assertThat(sent("other-model", CHAT)).isEqualTo(CHAT.replace("gpt-4o", "gpt-4o-mini"));
        assertThat(sent("body-model", CHAT)).contains("\"model\":\"o1\"");
    }

    /** The instance serves any model. */
    @Test
    void shouldFindNoModelWithALongName() {
        HttpResponse<String> response = chat("long-model", CHAT);

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).contains("model_not_found").hasSizeLessThan(500);
    }

    @Test
    void shouldAskForTheDeploymentOfTheModel() {
        chat("azure-model", CHAT);

        RecordedRequest request = west.requests().get(west.requests().size() - 1);
        assertThat(request.path()).isEqualTo("/openai/deployments/gpt-4o-mini/chat/completions");
        assertThat(request.text()).isEqualTo(CHAT.replace("\"model\": \"gpt-4o\",  ", ""));
    }

    @Test
    void shouldKeepTheChangesOfABranchToItself() {
        int before = west.requests().size();
        assertThat(sent("mirror", CHAT)).contains("\"seed\":1");
        assertThat(west.awaitRequests(before + 1).get(before).text()).contains("a\\u0062c").doesNotContain("seed");

        assertThat(sent("mirror-changed", CHAT)).contains("\"seed\":2");
        assertThat(west.awaitRequests(before + 2).get(before + 1).text()).contains("\"seed\":1");
    }

    @Test
    void shouldShowTheRequestAgainAfterAFailedAttempt() {
        west.enqueue(Reply.error(500, "boom", "boom"), Reply.error(500, "boom", "boom"));

        RecordedRequest request = sent("second-try", "/v1/chat/completions", CHAT);

        assertThat(request.text()).contains("\"seed\":2").contains("gpt-4o");
        assertThat(request.header("x-team")).isEqualTo("second-try");
    }

    @ParameterizedTest
    @ValueSource(strings = {"not-json", "no-messages", "model-number", "an-object", "unset"})
    void shouldRefuseToSendWhatIsNoRequest(String rule) {
        int before = east.requests().size();

        HttpResponse<String> response = chat(rule, CHAT);

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).contains("\"code\":\"rule_error\"", "route 'routing'", "routing.camel.yaml:");
        assertThat(east.requests()).hasSize(before);
    }
}
