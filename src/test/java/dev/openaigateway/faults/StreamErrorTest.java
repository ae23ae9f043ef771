package dev.openaigateway.faults;

import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.RawResponse;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.SseEvent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Errors under status 200, as a whole body or as events. Four failures open a breaker for an hour. */
class StreamErrorTest extends TwoInstances {

    private static final String DONE = "data: [DONE]\n\n";
    private static final String RESPONSES = "/v1/responses";
    private static final String DELTA = "data: {\"type\":\"response.output_text.delta\",\"delta\":\"half\"}\n\n";

    @Override
    String settings() throws Exception {
        return super.settings().replace("minimum_calls: 10000, window: 10000", "minimum_calls: 4, window: 4, open_for: 3600");
    }

    @BeforeEach
    void closeBreakers() {
        for (String instance : List.of("first", "second")) {
            assertThat(gateway.post("/admin/instances/" + instance + "/reset", "", ADMIN).statusCode()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"error\":\"overloaded\"}", "{\"error\" : {\"message\":\"overloaded\"}}", "{\"type\":\"error\",\"message\":\"overloaded\"}",
        "[{\"error\":{\"code\":503,\"message\":\"overloaded\",\"status\":\"UNAVAILABLE\"}}]"})
    void shouldEndAStreamAtAnErrorOfAnyForm(String error) {
        first.enqueue(Reply.stream(event("half"), "data: " + error + "\n\n", DONE));

        assertThat(text(events())).startsWith(event("half") + "data: {\"error\"").contains("\"message\":\"overloaded\"").doesNotContain(DONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"type\":\"response.failed\"}",
        "{\"type\":\"response.failed\",\"response\":{\"error\":{\"code\":\"server_error\",\"message\":\"x\"}}}"})
    void shouldEndAStreamedResponseThatFails(String error) {
        String event = "data: " + error + "\n\n";
        first.enqueue(Reply.stream(DELTA, event, DELTA));

        assertThat(text(responseEvents())).isEqualTo(DELTA + event);
    }

    @ParameterizedTest
    @ValueSource(strings = {"error", "\\\"error\\\": {", "response.failed"})
    void shouldNotMistakeContentForAnError(String content) {
        String whole = event("half") + event(content) + lastEvent() + DONE;
        first.enqueue(Reply.stream(whole));

        assertThat(text(events())).isEqualTo(whole);
    }

    @ParameterizedTest
    @CsvSource({"rate_limit_exceeded,tokens", "'',rate_limit_error", "429,''"})
    void shouldBenchAnInstanceThatReachesItsLimitInsideAStream(String code, String type) {
        for (int i = 0; i < 5; i++) {
            first.enqueue(Reply.stream("data: " + error(code, type, "Please try again in 20 s.") + "\n\n"));
            second.enqueue(Reply.stream(event("good"), lastEvent()));

            assertThat(text(events())).isEqualTo(event("good") + lastEvent());
            assertThat(instance(chat())).as("first is benched").isEqualTo("second");
            clock.advance(Duration.ofSeconds(20));
        }

        assertThat(requestsToFirst()).isEqualTo(5);
        assertThat(instance(chat())).as("its breaker is closed").isEqualTo("first");
    }

    @ParameterizedTest
    @CsvSource({"content_filter,''", "context_length_exceeded,invalid_request_error", "'',invalid_request_error", "invalid_prompt,''",
        "image_content_policy_violation,''", "failed_to_download_image,''"})
    void shouldPassOnARefusalInsideAStreamAndNotFailOver(String code, String type) {
        String error = error(code, type, "no");
        for (int i = 0; i < 5; i++) {
            first.enqueue(Reply.stream("data: " + error + "\n\n"));

            try (RawClient client = streaming()) {
                RawResponse response = client.response();
                assertThat(response.status()).isEqualTo(400);
                assertThat(response.text()).isEqualTo(error);
            }
        }

        assertThat(requestsToSecond()).isZero();
        assertThat(instance(chat())).as("its breaker is closed").isEqualTo("first");
    }

    @ParameterizedTest
    @CsvSource({"content_filter,''", "context_length_exceeded,invalid_request_error", "invalid_prompt,''", "rate_limit_exceeded,tokens", "tool_use_failed,invalid_request_error"})
    void shouldNotCountARefusalAfterContentAgainstTheInstance(String code, String type) {
        for (int i = 0; i < 4; i++) {
            first.enqueue(Reply.stream(event("half"), "data: " + error(code, type, "no") + "\n\n"));

            assertThat(text(events())).startsWith(event("half")).endsWith("data: " + error(code, type, "no") + "\n\n");
        }

        assertThat(instance(chat())).as("its breaker is closed").isEqualTo("first");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"type\":\"server_error\"", "\"type\":\"BadRequestError\",\"param\":null,\"code\":400", "\"type\":\"None\",\"code\":\"400\""})
    void shouldCountAnErrorOfTheServerAfterContentAgainstTheInstance(String members) {
        for (int i = 0; i < 4; i++) {
            first.enqueue(Reply.stream(event("half"), "data: {\"error\":{\"message\":\"overloaded\"," + members + "}}\n\n"));

            assertThat(text(events(i))).contains("overloaded");
        }

        assertThat(instance(chat())).as("its breaker is open").isEqualTo("second");
    }

    @Test
    void shouldPassOnARefusalOfAStreamedResponse() {
        first.enqueue(Reply.stream("data: {\"type\":\"response.created\"}\n\n",
                "data: {\"type\":\"error\",\"code\":\"invalid_prompt\",\"message\":\"against the rules\"}\n\n"));

        try (RawClient client = client().post(RESPONSES, "{\"model\":\"gpt-4o\",\"stream\":true,\"input\":\"Hello!\"}")) {
            RawResponse response = client.response();
            assertThat(response.status()).as("nothing was sent before").isEqualTo(400);
            assertThat(response.text()).contains("\"code\":\"invalid_prompt\"", "against the rules");
        }
        assertThat(requestsToSecond()).isZero();
    }

    @Test
    void shouldTakeTheErrorOfAChoiceForThatOfTheResponse() {
        String choice = "{\"choices\":[{\"index\":0,\"%s\":{\"content\":\"\"},\"finish_reason\":\"error\",\"error\":{\"code\":502,\"message\":\"down\"}}]}";
        first.enqueue(Reply.stream("data: " + choice.formatted("delta") + "\n\n", DONE));
        first.enqueue(Reply.json(200, choice.formatted("message")));
        first.enqueue(Reply.stream(event("half"), "data: " + choice.formatted("delta") + "\n\n", DONE));
        second.enqueue(Reply.stream(event("good"), lastEvent()));

        assertThat(text(events())).isEqualTo(event("good") + lastEvent());
        assertThat(instance(chat())).isEqualTo("second");
        assertThat(text(events())).isEqualTo(event("half") + "data: {\"error\":{\"code\":502,\"message\":\"down\"}}\n\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"chat/completions | {'choices':[null]}", "embeddings | {'object':'list','data':[]}", "embeddings | {'data':null}",
        "images/generations | {'created':1,'data':[]}", "moderations | {'id':'x','results':[]}"})
    void shouldCallTheNextInstanceForAResponseWithoutResults(String path, String json) {
        first.enqueue(Reply.json(200, json.replace('\'', '"')));
        second.enqueue(Reply.anyResult());

        HttpResponse<String> response = gateway.post("/v1/" + path, "{\"model\":\"gpt-4o\",\"input\":\"x\"}");

        assertThat(instance(response)).isEqualTo("second");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"embeddings | {'object':'list','data':[]}", "moderations | {'id':'x','results':[]}"})
    void shouldPassOnTheEmptyListOfAnEmptyInput(String path, String json) {
        first.enqueue(Reply.json(200, json.replace('\'', '"')));

        HttpResponse<String> response = gateway.post("/v1/" + path, "{\"input\":[],\"model\":\"gpt-4o\"}");

        assertThat(response.body()).isEqualTo(json.replace('\'', '"'));
        assertThat(instance(response)).isEqualTo("first");
    }

    @Test
    void shouldCallTheNextInstanceForAList() {
        first.enqueue(Reply.json(200, "[{\"id\":\"x\",\"choices\":[]}]"));
        first.enqueue(Reply.stream("data: [{\"error\":{\"code\":429,\"message\":\"Quota exceeded\",\"status\":\"RESOURCE_EXHAUSTED\"}}]\n\n"));
        second.enqueue(Reply.json(200, "{\"id\":\"good\",\"choices\":[{\"message\":{\"content\":\"x\"}}]}"));
        second.enqueue(Reply.stream(event("good"), lastEvent()));

        assertThat(instance(chat())).isEqualTo("second");
        assertThat(text(events())).isEqualTo(event("good") + lastEvent());
        assertThat(instance(chat())).as("first has reached its limit").isEqualTo("second");
    }

    @Test
    void shouldSendNoStreamOfJsonWithoutChoices() {
        first.enqueue(Reply.json(200, "{\"choices\":[null]}"));
        second.enqueue(Reply.stream(event("good"), lastEvent()));

        assertThat(text(events())).isEqualTo(event("good") + lastEvent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "[%s]"})
    void shouldPassOnARefusalUnderStatus200(String form) {
        String error = error("content_filter", "", "no");
        first.enqueue(Reply.json(200, form.formatted(error)));

        HttpResponse<String> response = chat();

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).isEqualTo(error);
        assertThat(requestsToSecond()).isZero();
    }

    @Test
    void shouldBenchAnInstanceThatReportsItsLimitUnderStatus200() {
        first.enqueue(Reply.json(200, error("rate_limit_exceeded", "requests", "")).header("retry-after", "20"));

        assertThat(instance(chat())).isEqualTo("second");
        clock.advance(Duration.ofMillis(19_999));
        assertThat(instance(chat())).isEqualTo("second");
        clock.advance(Duration.ofMillis(1));
        assertThat(instance(chat())).isEqualTo("first");
    }

    @Test
    void shouldCountAServerErrorAgainstTheInstance() {
        for (int i = 0; i < 4; i++) {
            first.enqueue(Reply.json(200, i % 2 == 0 ? "{\"error\":\"overloaded\"}" : error("", "server_error", "overloaded")));
            assertThat(instance(chat())).isEqualTo("second");
        }

        assertThat(instance(chat())).as("its breaker is open").isEqualTo("second");
        assertThat(requestsToFirst()).isEqualTo(4);
        clock.advance(Duration.ofHours(1));
        assertThat(instance(chat())).isEqualTo("first");
        assertThat(instance(chat())).isEqualTo("first");
    }

    private List<SseEvent> responseEvents() {
        try (RawClient client = client().post(RESPONSES, "{\"model\":\"gpt-4o\",\"stream\":true,\"input\":\"Hello!\"}")) {
            return eventsOf(client);
        }
    }

    private static String error(String code, String type, String message) {
        return "{\"error\":{\"message\":\"" + message + "\",\"type\":\"" + type + "\",\"code\":\"" + code + "\"}}";
    }
}
