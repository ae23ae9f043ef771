package dev.openaigateway.request;

import com.fasterxml.jackson.databind.JsonNode;
import dev.openaigateway.openai.Json;
import dev.openaigateway.support.Reply;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.http.HttpResponse;

import static org.assertj.core.api.Assertions.assertThat;

/** A rule that comes to a second step that sends to an instance, such as one in which 'otherwise' was forgotten. */
class SecondSendTest extends RuledGateway {

    private static final String CHAT = "{\"model\":\"gpt-4o\",\"stream\":%s,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
    private static final String TO_EAST = """
            - filter:
                simple: { expression: "${header.x-none} == null" }
                steps:
                  - to: { uri: "instance:east" }
            """;

    private int easts;
    private int wests;

    @Override
    void rules() {
        answer("forgotten", TO_EAST + "- to: { uri: \"instance:west\" }\n");
        answer("block", TO_EAST + "- loadBalance: { customLoadBalancer: { ref: weighted }, steps: [ { to: { uri: \"instance:west\" } } ] }\n");
        answer("changed", TO_EAST + "- setBody: { simple: { expression: \"a text\" } }\n- to: { uri: \"instance:west\" }\n");
        answer("mirrored", "- wireTap: { uri: \"instance:west\" }\n- to: { uri: \"instance:east\" }\n");
        answer("asked", "- to: { uri: \"instance:east\", variableReceive: verdict }\n- to: { uri: \"instance:west\" }\n");
        answer("caught", """
                - doTry:
                    steps:
                      - to: { uri: "instance:east" }
                    doCatch:
                      - exception: [ java.lang.Exception ]
                        steps:
                          - log: { message: "east failed" }
                - to: { uri: "instance:west" }
                """);
    }

    @BeforeEach
    void count() {
        easts = east.requests().size();
        wests = west.requests().size();
    }

    @ParameterizedTest
    @ValueSource(strings = {"forgotten", "block", "changed", "caught"})
    void shouldCallNoInstanceAfterOneHasResponded(String rule) {
        for (boolean stream : new boolean[] {false, true}) {
            HttpResponse<String> response = chat(rule, CHAT.formatted(stream));

            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            assertThat(response.headers().firstValue("x-gateway-instance")).hasValue("east");
        }
        assertThat(east.awaitRequests(easts + 2)).hasSize(easts + 2);
        assertThat(west.requests()).hasSize(wests);
    }

    @Test
    void shouldStillSendCopiesToAMirror() {
        assertThat(chat("mirrored", CHAT.formatted(false)).statusCode()).isEqualTo(200);

        assertThat(east.awaitRequests(easts + 1)).hasSize(easts + 1);
        assertThat(west.awaitRequests(wests + 1)).hasSize(wests + 1);
    }

    /** The message holds the request again. */
    @Test
    void shouldCallASecondInstanceAfterTheResponseOfTheFirstWentIntoAVariable() {
        HttpResponse<String> response = chat("asked", CHAT.formatted(false));

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(west.awaitRequests(wests + 1)).hasSize(wests + 1);
    }

    @Test
    void shouldCallASecondInstanceAfterAFailureThatTheRuleHasCaught() {
        east.enqueue(Reply.error(500, "boom", "boom"));

        assertThat(chat("caught", CHAT.formatted(false)).headers().firstValue("x-gateway-instance")).hasValue("west");
        assertThat(west.awaitRequests(wests + 1)).hasSize(wests + 1);
    }

    @Test
    void shouldExplainThatTheSecondStepCallsNoInstance() throws IOException {
        JsonNode forgotten = explained("forgotten");

        assertThat(forgotten.at("/candidates").findValuesAsText("instance")).containsExactly("east");
        assertThat(forgotten.at("/steps").get(forgotten.at("/steps").size() - 1).at("/notes/0").asText())
                .isEqualTo("calls no instance if one has responded before");
        assertThat(explained("caught").at("/candidates/1/why").asText()).startsWith("called if the steps before it fail");
        assertThat(explained("asked").at("/calls/0/uri").asText()).startsWith("instance:");
        assertThat(explained("asked").at("/candidates").findValuesAsText("instance")).containsExactly("west");
    }

    private JsonNode explained(String rule) throws IOException {
        return Json.MAPPER.readTree(gateway.get("/admin/route?model=gpt-4o&header.x-rule=" + rule).body());
    }
}
