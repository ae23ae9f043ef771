package dev.openaigateway.request;

import dev.openaigateway.support.CapturedLog;
import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.RecordedRequest;
import dev.openaigateway.support.Reply;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpResponse;

import static org.assertj.core.api.Assertions.assertThat;

/** The headers that the steps of a rule see, and change, after an instance has responded. */
class HeadersAfterInstanceTest extends RuledGateway {

    private static final String PATH = "/v1/chat/completions";
    private static final String CHAT = "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
    private static final String TO_EAST = "- to: { uri: \"instance:east\" }\n";
    private static final String REFUSE_RED = """
            - filter:
                simple: { expression: "${header.x-team} == 'red'" }
                steps:
                  - to: { uri: "reject:422" }
            """;

    @Override
    void rules() {
        answer("sequence", TO_EAST + REFUSE_RED);
        answer("balanced", "- loadBalance: { customLoadBalancer: { ref: failover }, steps: [ { to: \"instance:*\" } ] }\n" + REFUSE_RED);
        answer("copies", "- multicast: { steps: [ { to: \"instance:east\" }, { to: \"instance:east\" } ] }\n" + REFUSE_RED);
        answer("stream", TO_EAST + """
                - filter:
                    simple: { expression: "${header.x-team} == 'red'" }
                    steps:
                      - log: { message: "A stream for ${header.x-team}" }
                """);
        answer("choice", TO_EAST + "- choice:\n" + "    when:\n"
                + "      - { simple: \"${header.x-team} == 'red'\", steps: [ { to: { uri: \"reject:422\" } } ] }\n");
        answer("caught", """
                - doTry:
                    steps:
                      - to: { uri: "instance:east" }
                      - throwException: { exceptionType: java.lang.IllegalStateException, message: "over" }
                    doCatch:
                      - exception: [ "java.lang.IllegalStateException" ]
                        steps:
                """ + REFUSE_RED.indent(10));
        answer("given-back", TO_EAST + "- setHeader: { name: X-Team, simple: { expression: \"${header.x-team}\" } }");
        answer("removed", TO_EAST + """
                - setHeader: { name: x-mine, constant: { expression: "1" } }
                - removeHeader: { name: x-mine }
                - removeHeader: { name: openai-version }
                - removeHeader: { name: x-gateway-instance }
                """);
        answer("all-removed", TO_EAST + "- removeHeaders: { pattern: \"*\" }");
        answer("second", """
                - setProperty: { name: original, simple: { expression: "${body}" } }
                - to: { uri: "instance:east" }
                - setBody: { simple: { expression: "${exchangeProperty.original}" } }
                - to: { uri: "instance:west" }
                """);
    }

    @BeforeEach
    void reply() {
        east.respond(Reply.chat("Hi").header("openai-version", "2020-10-01").header("openai-processing-ms", "12"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sequence", "balanced", "copies", "choice", "caught"})
    void shouldAskAboutTheHeadersOfTheRequest(String rule) {
        HttpResponse<String> red = send(rule, PATH, CHAT, "x-team", "red");

        assertThat(red.statusCode()).as(red.body()).isEqualTo(422);
        assertThat(send(rule, PATH, CHAT, "x-team", "blue").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldAskAboutTheHeadersOfTheRequestAfterAStream() {
        east.respond(Reply.chatStream("Hi"));
        try (CapturedLog log = new CapturedLog()) {
            send("stream", PATH, CHAT.replace("{\"model\"", "{\"stream\":true,\"model\""), "x-team", "red");

            Eventually.holds("the line of the filter", () -> log.linesWith("A stream for red").size() == 1);
        }
    }

    @Test
    void shouldSendNoHeaderOfTheRequestToTheClientUnlessARuleSetsIt() {
        HttpResponse<String> response = send("sequence", PATH, CHAT, "x-team", "blue", "retry-after", "7", "openai-model", "mine", "x-request-id", "x");
        assertThat(response.headers().map().keySet()).contains("openai-version").doesNotContain("x-team", "retry-after", "openai-model");
        assertThat(response.headers().allValues("x-request-id")).hasSize(1);

        assertThat(send("given-back", PATH, CHAT, "x-team", "blue").headers().firstValue("x-team")).hasValue("blue");
    }

    @Test
    void shouldRemoveTheHeadersThatARuleRemoves() {
        HttpResponse<String> response = chat("removed", CHAT);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().map().keySet()).contains("openai-processing-ms", "x-gateway-instance").doesNotContain("openai-version", "x-mine");
    }

    @Test
    void shouldKeepTheTypeOfTheBodyWhenARuleRemovesAllHeaders() {
        HttpResponse<String> response = chat("all-removed", CHAT);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("Hi");
        assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
        assertThat(response.headers().map().keySet()).contains("x-gateway-instance").doesNotContain("openai-version", "openai-processing-ms");
    }

    @Test
    void shouldForwardTheHeadersOfTheRequestToASecondInstance() {
        int before = west.requests().size();
        HttpResponse<String> response = send("second", PATH, CHAT, "openai-beta", "assistants=v2");

        assertThat(response.headers().firstValue("x-gateway-instance")).hasValue("west");
        RecordedRequest second = west.awaitRequests(before + 1).get(before);
        assertThat(second.header("openai-beta")).isEqualTo(east.requests().get(east.requests().size() - 1).header("openai-beta")).isEqualTo("assistants=v2");
    }
}
