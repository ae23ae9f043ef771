package dev.openaigateway.request;

import dev.openaigateway.call.rule.RuleProperties;
import dev.openaigateway.support.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** The exchange properties and headers by which rules ask about a request. */
class AskedRequestTest extends RuledGateway {

    private static final String MESSAGES = "\"messages\":[{\"role\":\"user\",\"content\":\"one two three four\"}]";

    @Override
    String settings() {
        return "rate_limit: { enabled: true }\nclients: { header: x-team-key }\nmodels: [{ name: smart, target: gpt-4o }]\n";
    }

    @Override
    void rules() {
        for (String name : RuleProperties.NAMES) {
            rule(name, "- to: { uri: \"request:header\", parameters: { name: x-asked, value: \"[${exchangeProperty." + name + "}]\" } }");
        }
        compared("long", "${exchangeProperty.prompt_tokens} > 8000");
        compared("short", "${exchangeProperty.prompt_tokens} < 12 && ${exchangeProperty.prompt_tokens} >= 8");
        compared("capped", "${exchangeProperty.max_tokens} > 99");
        compared("no-user", "${exchangeProperty.user} == null");
        compared("alice", "${exchangeProperty.user} == 'alice'");
        compared("tooled", "${exchangeProperty.tools} > 1 && ${exchangeProperty.images} == 0");
        compared("research", "${header.x-team} == 'research'");
        compared("streaming", "${exchangeProperty.stream} == true");
        rule("key", "- to: { uri: \"request:header\", parameters: { name: x-asked, value: \"[${header.x-team-key}]\" } }");
        rule("content", """
                - choice:
                    when:
                      - expression: { jq: { expression: '[.messages[].content] | join(" ") | contains("three")' } }
                        steps:
                          - to: { uri: "request:header", parameters: { name: x-asked, value: "by jq" } }
                - choice:
                    when:
                      - expression: { jsonpath: { expression: "$.messages[?(@.role == 'user')]" } }
                        steps:
                          - to: { uri: "request:header", parameters: { name: x-path, value: "by jsonpath" } }
                """);
    }

    private void compared(String name, String condition) {
        rule(name, """
                - choice:
                    when:
                      - expression: { simple: { expression: "%s" } }
                        steps:
                          - to: { uri: "request:header", parameters: { name: x-asked, value: "yes" } }
                """.formatted(condition));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "model         | \"a\":1                                             | [gpt-4o]",
        "alias         | \"a\":1                                             | []",
        "operation     | \"a\":1                                             | [chat/completions]",
        "stream        | \"stream\":false                                    | [false]",
        "client        | \"a\":1                                             | [anonymous]",
        "prompt_tokens | \"a\":1                                             | [11]",
        "max_tokens    | \"max_completion_tokens\":77                        | [77]",
        "max_tokens    | \"a\":1                                             | []",
        "user          | \"user\":\"al\\u0069ce\"                            | [alice]",
        "user          | \"metadata\":{\"user_id\":\"m\"}                    | [m]",
        "user          | \"safety_identifier\":\"s\",\"metadata\":{\"user_id\":\"m\"} | [s]",
        "user          | \"x\":{\"user\":\"nested\"}                         | []",
        "session       | \"user\":\"alice\",\"prompt_cache_key\":\"k\"       | [k]",
        "session       | \"user\":\"alice\"                                  | [alice]",
        "session       | \"conversation\":{\"id\":\"conv_1\"},\"user\":\"u\" | [conv_1]",
        "tools         | \"tools\":[{\"type\":\"function\"},{\"type\":\"function\",\"a\":[1,2]}] | [2]",
        "tools         | \"a\":1                                             | [0]",
        "images        | \"a\":1                                             | [0]",
        "deployment    | \"a\":1                                             | []",
        "query         | \"a\":1                                             | []",
        "long          | \"a\":1                                             | ",
        "short         | \"a\":1                                             | yes",
        "capped        | \"max_tokens\":100                                  | yes",
        "capped        | \"max_tokens\":20                                   | ",
        "no-user       | \"a\":1                                             | yes",
        "no-user       | \"user\":\"alice\"                                  | ",
        "alice         | \"user\":\"alice\"                                  | yes",
        "tooled        | \"tools\":[{},{}]                                   | yes",
        "tooled        | \"tools\":[{}]                                      | ",
        "content       | \"a\":1                                             | by jq"})
    void shouldKnowTheRequest(String rule, String members, String expected) {
        RecordedRequest request = sent(rule, "/v1/chat/completions", "{\"model\":\"gpt-4o\"," + members + "," + MESSAGES + "}");

        assertThat(request.header("x-asked")).isEqualTo(expected);
    }

    @Test
    void shouldKnowTheModelAndTheNameThatTheClientUsed() {
        String body = "{\"model\":\"smart\"," + MESSAGES + "}";

        assertThat(sent("alias", "/v1/chat/completions", body).header("x-asked")).isEqualTo("[smart]");
        assertThat(sent("model", "/v1/chat/completions", body).header("x-asked")).isEqualTo("[gpt-4o]");
    }

    @Test
    void shouldAskAboutTheContentByJsonpath() {
        RecordedRequest request = sent("content", "/v1/chat/completions", "{\"model\":\"gpt-4o\"," + MESSAGES + "}");

        assertThat(request.header("x-path")).isEqualTo("by jsonpath");
    }

    @Test
    void shouldCountImagesAndBytesAndGiveTheRequestId() {
        String body = "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"a\"},"
                + "{\"type\":\"image_url\",\"image_url\":{\"url\":\"http://x/a.png\"}},{\"type\":\"image_url\",\"image_url\":{\"url\":\"http://x/b.png\"}}]}]}";

        assertThat(sent("images", "/v1/chat/completions", body).header("x-asked")).isEqualTo("[2]");
        assertThat(sent("size", "/v1/chat/completions", body).header("x-asked")).isEqualTo("[" + body.length() + "]");
        RecordedRequest request = sent("request_id", "/v1/chat/completions", body);
        assertThat(request.header("x-asked")).isEqualTo("[" + request.header("x-request-id") + "]");
    }

    @ParameterizedTest
    @CsvSource({"x-gateway-session, a", "X-Claude-Code-Session-Id, a", "session_id, a", "thread-id, a", "x-session-affinity, a"})
    void shouldPreferTheSessionOfAHeader(String header, String session) {
        assertThat(send("session", "/v1/chat/completions", "{\"model\":\"m\",\"user\":\"u\"," + MESSAGES + "}",
                "x-opencode-session", "b", header, session).statusCode()).isEqualTo(200);

        assertThat(east.requests().get(east.requests().size() - 1).header("x-asked")).isEqualTo("[" + session + "]");
    }

    @Test
    void shouldNotSeeTheKeyOfTheClient() {
        assertThat(send("key", "/v1/chat/completions", "{\"model\":\"gpt-4o\"," + MESSAGES + "}", "X-Team-Key", "secret").statusCode()).isEqualTo(200);

        assertThat(east.requests().get(east.requests().size() - 1).header("x-asked")).isEqualTo("[]");
    }

    @Test
    void shouldNotTakeParametersOfTheQueryForHeaders() {
        String body = "{\"model\":\"gpt-4o\"," + MESSAGES + "}";

        assertThat(sent("research", "/v1/chat/completions?x-team=research", body).header("x-asked")).isNull();
        assertThat(send("research", "/v1/chat/completions?x-team=other", body, "x-team", "research").statusCode()).isEqualTo(200);
        assertThat(east.requests().get(east.requests().size() - 1).header("x-asked")).isEqualTo("yes");
        assertThat(sent("query", "/v1/chat/completions?x-team=research&a=%20", body).header("x-asked")).isEqualTo("[x-team=research&a=%20]");
    }

    @Test
    void shouldKnowTheDeploymentOfThePath() {
        RecordedRequest request = sent("deployment", "/openai/deployments/mine/chat/completions?api-version=2024-10-21", "{" + MESSAGES + "}");

        assertThat(request.header("x-asked")).isEqualTo("[mine]");
    }

    @Test
    void shouldDocumentEveryProperty() throws IOException {
        String text = Files.readString(Path.of("docs/rules.md"));
        String section = text.substring(text.indexOf("## Ask about the request"), text.indexOf("## Change the request"));

        assertThat(Pattern.compile("(?m)^\\| `(\\w+)` \\|").matcher(section).results().map(row -> row.group(1)))
                .containsExactlyElementsOf(RuleProperties.NAMES);
    }
}
