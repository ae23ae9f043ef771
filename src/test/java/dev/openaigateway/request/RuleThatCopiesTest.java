package dev.openaigateway.request;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.openaigateway.support.CapturedLog;
import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpResponse;

import static org.assertj.core.api.Assertions.assertThat;

/** Rules whose steps work on copies of the request, on other threads, or with an error handler of their own. */
class RuleThatCopiesTest extends RuledGateway {

    private static final String CHAT = "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
    private static final String STREAM = CHAT.replace("{\"model\"", "{\"stream\":true,\"model\"");

    @Override
    void rules() {
        answer("multicast", "- multicast: { steps: [ { to: \"instance:east\" }, { to: \"instance:east\" } ] }");
        answer("recipients", "- recipientList: { expression: { constant: { expression: \"instance:east\" } } }");
        rule("enriched", "- enrich: { variableReceive: verdict, expression: { constant: { expression: \"direct:classify\" } } }");
        answer("dead-letter", "- to: { uri: \"direct:dead-letter\" }");
        answer("handled", "- to: { uri: \"direct:handled\" }");
        answer("endless", "- to: { uri: \"direct:routing\" }");
        answer("rolled-back", "- rollback: { markRollbackOnly: true }");
        rule("split", """
                - split:
                    id: each
                    expression: { jq: { expression: ".messages[]" } }
                    parallelProcessing: true
                    stopOnException: true
                    steps: [ { to: { id: refuse, uri: "reject:403?message=Not this." } } ]
                """);
        rule("multicast-fails", """
                - multicast:
                    parallelProcessing: true
                    stopOnException: true
                    steps: [ { throwException: { exceptionType: java.lang.IllegalStateException, message: Late. } }, { log: "x" } ]
                """);
        for (String status : new String[] {"abc", "99", "1000", "200"}) {
            answer("status-" + status, "- setHeader: { name: CamelHttpResponseCode, expression: { constant: { expression: \"" + status + "\" } } }");
        }
    }

    @Override
    void prepare(GatewayFolder folder) {
        folder.write("routes/helpers.camel.yaml", """
                - routeConfiguration:
                    id: own-handler
                    onException:
                      - onException:
                          exception: [ java.lang.Exception ]
                          handled: { constant: { expression: "true" } }
                          steps: [ { to: "instance:west" } ]
                - route: { id: classify, from: { uri: "direct:classify", steps: [ { to: "instance:west" } ] } }
                - route:
                    id: dead-letter
                    errorHandler: { deadLetterChannel: { deadLetterUri: "log:dead?level=OFF" } }
                    from: { uri: "direct:dead-letter", steps: [ { to: "instance:east" } ] }
                - route:
                    id: handled
                    routeConfigurationId: own-handler
                    from: { uri: "direct:handled", steps: [ { to: "instance:east" } ] }
                """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"multicast", "recipients"})
    void shouldNotAnswerAStreamWithTheResponseToACopy(String rule) {

        assertAnswer(rule, STREAM, 500, "rule_error");
    }

    @Test
    void shouldSendTheRequestAfterACopyHasAskedAnotherInstance() {
        west.enqueue(Reply.chat("a verdict"));
        east.enqueue(Reply.chat("the answer"));

        HttpResponse<String> response = chat("enriched", CHAT);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.body()).contains("the answer");
        assertThat(response.headers().firstValue("x-gateway-instance")).hasValue("east");
    }

    @ParameterizedTest
    @CsvSource({
        "rolled-back, 500, rule_error", "endless, 500, rule_error", "split, 403, rejected_by_rule", "multicast-fails, 500, rule_error",
        "status-abc, 500, rule_error", "status-99, 500, rule_error", "status-1000, 500, rule_error", "status-200, 500, rule_error"})
    void shouldRecordTheAnswer(String rule, int status, String code) {
        assertAnswer(rule, CHAT, status, code);
    }

    @Test
    void shouldNotSendTheRequestBackIfADeadLetterChannelTookTheFailure() {
        east.enqueue(Reply.error(400, "bad", "bad"));

        assertAnswer("dead-letter", CHAT, 500, "rule_error");
    }

    @Test
    void shouldRecordTheResponseOfAnInstanceThatAnErrorHandlerAsked() {
        try (CapturedLog log = new CapturedLog()) {
            east.enqueue(Reply.error(400, "bad", "bad"));
            west.enqueue(Reply.chat("Hi"));

            HttpResponse<String> response = chat("handled", CHAT);

            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            assertThat(log.accessLine(response)).contains(" instance=west ").contains(" status=200 ");
        }
    }

    @Test
    void shouldNameTheRuleThatRefused() {
        try (CapturedLog log = new CapturedLog()) {
            assertThat(log.accessLine(chat("split", CHAT))).contains(" rule=routing/each");
        }
    }

    private void assertAnswer(String rule, String request, int status, String code) {
        try (CapturedLog log = new CapturedLog()) {
            HttpResponse<String> response = chat(rule, request);

            assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
            assertThat(code(response)).isEqualTo(code);
            assertThat(log.accessLine(response)).contains(" status=" + status + " error=" + code + " ");
            assertThat(log.linesWith(CapturedLog.STACK_TRACE)).isEmpty();
        }
    }

    private static String code(HttpResponse<String> response) {
        try {
            return new ObjectMapper().readTree(response.body()).at("/error/code").asText();
        } catch (Exception e) {
            throw new AssertionError(response.body(), e);
        }
    }
}
