package dev.openaigateway.faults;

import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.RawResponse;
import dev.openaigateway.support.Reply;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A stream is whole once its last event was seen, in each protocol. */
class StreamCompletenessTest extends TwoInstances {

    private static final String BROKEN = "upstream_stream_error";
    private static final String DONE = "data: [DONE]\n\n";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{'choices':[{'index':0,'delta':{},'finish_reason':''}]}",
        "{'choices':[{'index':0,'delta':{},'finish_reason':null}]}",
        "{'choices':[{'index':0,'delta':{'content':'b'},'finish_reason':'null'}]}",
        "{'choices':[{'index':0,'delta':{'content':'b'},'finish_reason':' '}]}",
        "{'choices':[{'index':'1','delta':{'content':'b'}},{'index':'0','finish_reason':'stop'}]}",
        "{'choices':[{'index':1,'delta':{'content':'b'}},{'index':0,'finish_reason':'stop'}]}",
        "{'choices':[{'index':0,'finish_reason':'stop'},{'index':1,'delta':{'content':'b'}}]}"})
    void shouldReportAChatThatEndsWithAnUnfinishedChoice(String last) {
        first.enqueue(Reply.stream(event("a"), data(last)));

        assertThat(text(events())).startsWith(event("a")).contains(BROKEN);
    }

    @Test
    void shouldReportAChatWithFewerFinishedChoicesThanRequested() {
        first.enqueue(Reply.stream(event("a"), lastEvent(), DONE).closeAfter(2));

        assertThat(post("/v1/chat/completions", "\"n\":2,\"stream\":true,\"messages\":[]").text()).contains(BROKEN);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"['a','b'] | true", "[[1,2],[3]] | true", "['a'] | false", "[1,2] | false", "'a' | false", "[] | false"})
    void shouldReportACompletionWithoutAChoiceForEachPrompt(String prompt, boolean broken) {
        first.enqueue(Reply.stream(data("{'choices':[{'index':0,'text':'a','finish_reason':'stop'}]}"), "").closeAfter(1));

        assertThat(post("/v1/completions", "\"stream\":true,\"prompt\":" + prompt.replace('\'', '"')).text().contains(BROKEN)).isEqualTo(broken);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "/v1/chat/completions   | {'choices':[{'index':0,'delta':{'content':'a'},'finish_reason':'stop'}]}",
        "/v1/completions        | {'choices':[{'index':0,'text':'a','finish_reason':'stop'}]}",
        "/v1/images/generations | {'type':'image_generation.completed','b64_json':'A'}"})
    void shouldPassOnTheWholeAnswerOfAnUpstreamThatIgnoresTheNumberOfResults(String path, String last) {
        first.enqueue(Reply.stream(data(last)), Reply.stream(data(last)));

        assertThat(post(path, "\"n\":2,\"stream\":true,\"prompt\":\"x\",\"messages\":[]").text()).isEqualTo(data(last));
        assertThat(post(path, "\"n\":2,\"prompt\":\"x\",\"messages\":[]").status()).as("as JSON").isEqualTo(200);
        assertThat(requestsToSecond()).isZero();
    }

    @Test
    void shouldReportAChoiceOfWhichOnlyTheBeginningCame() {
        first.enqueue(Reply.stream(event("a"), event("b").replace("\"index\":0", "\"index\":7"), lastEvent()));

        assertThat(text(events())).contains(BROKEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "data: {'choices':[{'index':0,'delta':{},'finish_reason':'tool_calls'}]}\n\n",
        "data: {'choices':[{'index':0,'delta':{},'finish_reason':\t'stop'}]}",
        "data: {'choices':[{'index':0,'delta':{'content':'b'},'finish_reason':'stop'},{'index':1,'finish_reason':'length'}]}\r\n\r\n",
        "data: {'choices':[{'index':0,'finish_reason':'stop'}]}\n\ndata: {'choices':[],'usage':{'prompt_tokens':1,'completion_tokens':1}}\n\n",
        "data: {'choices':[{'index':0,'finish_reason':'stop'}]}\n\ndata: {'choices':[{'index':0,'content_filter_offsets':{}}]}\n\n",
        "data: [DONE]\n\n",
        "data:[DONE] \n\n"})
    void shouldPassOnAChatThatIsWhole(String end) {
        first.enqueue(Reply.stream(event("a"), end.replace('\'', '"')));

        assertThat(text(events())).startsWith(event("a")).doesNotContain("error");
    }

    @Test
    void shouldPassOnAWholeChatWhoseConnectionBreaksBeforeDone() {
        first.enqueue(Reply.stream(event("a"), lastEvent(), DONE).closeAfter(2));

        assertThat(text(events())).isEqualTo(event("a") + lastEvent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"response.completed", "response.incomplete", "response.failed"})
    void shouldPassOnAResponseThatHasItsLastEvent(String type) {
        String whole = typed("response.output_text.delta", "'delta':'a'") + typed(type, "'response':{'id':'resp_1','error':null}");
        first.enqueue(Reply.stream(whole));

        assertThat(post("/v1/responses", "\"stream\":true,\"input\":\"Hi\"").text()).isEqualTo(whole);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "data: [DONE]\n\n", "event: response.completed\n\n"})
    void shouldReportAResponseWithoutItsLastEvent(String end) {
        first.enqueue(Reply.stream(typed("response.output_text.delta", "'delta':'a'") + end));

        assertThat(post("/v1/responses", "\"stream\":true,\"input\":\"Hi\"").text()).contains(BROKEN).doesNotContain("[DONE]");
    }

    @ParameterizedTest
    @CsvSource({"/v1/audio/transcriptions, transcript.text.delta, transcript.text.done", "/v1/audio/speech, speech.audio.delta, speech.audio.done",
        "/v1/images/generations, image_generation.partial_image, image_generation.completed",
        "/v1/images/edits, image_edit.partial_image, image_edit.completed"})
    void shouldTellACutStreamOfSoundOrImagesFromAWholeOne(String path, String part, String last) {
        String whole = typed(part, "'x':'a'") + typed(last, "'x':'ab'");
        first.enqueue(Reply.stream(whole), Reply.stream(typed(part, "'x':'a'")));
        String body = "\"stream\":true,\"stream_format\":\"sse\",\"prompt\":\"x\"";

        assertThat(post(path, body).text()).isEqualTo(whole);
        assertThat(post(path, body).text()).contains(BROKEN);
    }

    @Test
    void shouldReadTheTypeFromTheEventFieldIfTheDataHasNone() {
        String whole = "event: response.output_text.delta\ndata: {\"delta\":\"a\"}\n\nevent: response.completed\ndata: {\"response\":{}}\n\n";
        first.enqueue(Reply.stream(whole));

        assertThat(post("/v1/responses", "\"stream\":true,\"input\":\"Hi\"").text()).isEqualTo(whole);
    }

    @ParameterizedTest
    @CsvSource({"'\"type\":\"image_generation.completed\",', ''", "'', ',\"type\":\"image_generation.completed\"'"})
    void shouldFindTheTypeOfALastEventThatIsTooLongToBeHeld(String before, String after) {
        String last = "data: {" + before + "\"b64_json\":\"" + "A".repeat(3_000_000) + "\"" + after + "}\n\n";
        first.enqueue(Reply.stream(typed("image_generation.partial_image", "'b64_json':'A'"), last).inPieces(50_000),
                Reply.stream(typed("image_generation.partial_image", "'b64_json':'A'"), last.substring(0, 2_500_000)).inPieces(50_000));

        assertThat(post("/v1/images/generations", "\"stream\":true,\"prompt\":\"x\"").text()).hasSizeGreaterThan(3_000_000).doesNotContain("error");
        assertThat(post("/v1/images/generations", "\"stream\":true,\"prompt\":\"x\"").text()).endsWith("}\n\n").contains(BROKEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {DONE, "data: {\"choices\":[],\"prompt_filter_results\":[]}\n\n" + DONE, "data: {\"choices\":[]}\n\n", "data: \n\n: bye\n\n",
        "data: <html>\n\n"})
    void shouldCallTheNextInstanceWhenAStreamHasNoContent(String stream) {
        first.enqueue(Reply.stream(stream));
        second.enqueue(Reply.stream(event("good"), lastEvent()));

        assertThat(text(events())).endsWith(event("good") + lastEvent());
    }

    @Test
    void shouldPassOnAStreamThatBeginsWithoutChoices() {
        String begin = "data: {\"choices\":[],\"prompt_filter_results\":[]}\n\n";
        first.enqueue(Reply.stream(begin, event("a"), lastEvent(), DONE));

        assertThat(text(events())).isEqualTo(begin + event("a") + lastEvent() + DONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "null", "[ ]", "[],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":0}"})
    void shouldCallTheNextInstanceWhenAResponseHasNoChoices(String choices) {
        first.enqueue(Reply.json(200, "{\"id\":\"x\",\"object\":\"chat.completion\",\"choices\":" + choices + "}"));

        assertThat(instance(chat())).isEqualTo("second");
    }

    private RawResponse post(String path, String members) {
        try (RawClient client = client().post(path, "{\"model\":\"gpt-4o\"," + members + "}")) {
            return client.response();
        }
    }

    private static String data(String json) {
        return "data: " + json.replace('\'', '"') + "\n\n";
    }

    private static String typed(String type, String members) {
        return "event: " + type + "\n" + data("{'type':'" + type + "'," + members + "}");
    }
}
