package dev.openaigateway.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.RawResponse;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.SseEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** An upstream that sends JSON where a stream was requested, or a stream where JSON was. The client gets what it requested. */
class OtherFormTest extends TwoInstances {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TOOL = "{'id':'c1','type':'function','function':{'name':'f','arguments':'{}'}}";
    private static final String CHAT_JSON = ("{'id':'x','object':'chat.completion','created':7,'model':'m','choices':[{'index':0,'message':"
            + "{'role':'assistant','content':'Hi','reasoning_content':'hm','tool_calls':[" + TOOL + "]},'logprobs':null,'finish_reason':'tool_calls'},"
            + "{'index':1,'message':{'role':'assistant','content':'Ho'},'finish_reason':'length'}],"
            + "'usage':{'prompt_tokens':3,'completion_tokens':4},'system_fingerprint':'fp'}").replace('\'', '"');
    private static final String RESPONSE_JSON = ("{'id':'resp_7','object':'response','created_at':7,'status':'completed','error':null,'model':'m','output':["
            + "{'type':'reasoning','id':'rs_1','summary':[{'type':'summary_text','text':'hm'}]},"
            + "{'type':'message','id':'msg_1','status':'completed','role':'assistant','content':[{'type':'output_text','text':'Hi','annotations':[]}]},"
            + "{'type':'function_call','id':'fc_1','status':'completed','call_id':'c1','name':'f','arguments':'{}'}],"
            + "'usage':{'input_tokens':3,'output_tokens':4}}").replace('\'', '"');

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/event-stream", "text/plain"})
    void shouldSendAChatAsAStream(String type) throws IOException {
        first.enqueue(Reply.body(200, type, CHAT_JSON.getBytes()));

        List<SseEvent> events = eventsOf("/v1/chat/completions", "\"stream_options\":{\"include_usage\":true},\"messages\":[]");

        assertThat(events.get(events.size() - 1).isDone()).isTrue();
        assertThat(text(events)).contains("\"object\":\"chat.completion.chunk\"").doesNotContain("\"message\"");
        assertThat(deltas(events)).containsExactly("{\"role\":\"assistant\",\"content\":\"\"}",
                "{\"content\":\"Hi\",\"reasoning_content\":\"hm\",\"tool_calls\":[{\"id\":\"c1\",\"type\":\"function\","
                        + "\"function\":{\"name\":\"f\",\"arguments\":\"{}\"},\"index\":0}]}", "{}",
                "{\"role\":\"assistant\",\"content\":\"\"}", "{\"content\":\"Ho\"}", "{}");
        assertThat(text(events)).contains("\"finish_reason\":\"tool_calls\"", "\"finish_reason\":\"length\"");
        assertThat(JSON.readTree(events.get(events.size() - 2).data()).at("/usage/prompt_tokens").asInt()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"chat/completions | {'id':'x','object':'chat.completion','created':1,'model':'m'}", "chat/completions | {'id':'x','choices':{}}",
        "completions | {'id':'x','usage':{'total_tokens':1}}", "responses | {'id':'x','object':'response'}", "responses | {'id':'x','status':'unheard_of','output':[]}"})
    void shouldCallTheNextInstanceForAStreamWhenTheJsonHasNoResult(String path, String body) {
        first.enqueue(Reply.json(200, body.replace('\'', '"')));
        second.enqueue(Reply.chatStream("Hi"));

        try (RawClient client = client().post("/v1/" + path, "{\"model\":\"gpt-4o\",\"stream\":true,\"messages\":[],\"input\":\"x\",\"prompt\":\"x\"}")) {
            RawResponse response = client.response();
            assertThat(response.headers().first("content-type")).startsWith("text/event-stream");
        }
        assertThat(requestsToSecond()).isEqualTo(1);
    }

    @Test
    void shouldSendNoUsageThatWasNotRequested() {
        first.enqueue(Reply.json(200, CHAT_JSON));

        assertThat(text(eventsOf("/v1/chat/completions", "\"messages\":[]"))).doesNotContain("usage").endsWith("data: [DONE]\n\n");
    }

    @Test
    void shouldSendACompletionAsAStream() {
        first.enqueue(Reply.completion("Hi"));

        assertThat(text(eventsOf("/v1/completions", "\"prompt\":\"x\""))).contains("\"text\":\"Hi\"", "\"finish_reason\":\"stop\"").endsWith("data: [DONE]\n\n");
    }

    @Test
    void shouldSendAResponseAsAStream() throws IOException {
        first.enqueue(Reply.json(200, RESPONSE_JSON));

        List<SseEvent> events = eventsOf("/v1/responses", "\"input\":\"x\"");

        assertThat(types(events)).containsExactly("response.created", "response.in_progress",
                "response.output_item.added", "response.reasoning_summary_part.added", "response.reasoning_summary_text.delta",
                "response.reasoning_summary_text.done", "response.reasoning_summary_part.done", "response.output_item.done",
                "response.output_item.added", "response.content_part.added", "response.output_text.delta", "response.output_text.done",
                "response.content_part.done", "response.output_item.done",
                "response.output_item.added", "response.function_call_arguments.delta", "response.function_call_arguments.done", "response.output_item.done",
                "response.completed");
        JsonNode last = JSON.readTree(events.get(events.size() - 1).data());
        assertThat(last.path("response")).isEqualTo(JSON.readTree(RESPONSE_JSON));
        assertThat(last.path("sequence_number").asInt()).isEqualTo(events.size() - 1);
        assertThat(JSON.readTree(events.get(0).data()).path("response").path("output")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'code':0,'message':'success'}", "null"})
    void shouldSendAResponseWithoutAStatusAsCompletedUnlessItHasAnError(String error) {
        first.enqueue(Reply.json(200, ("{'id':'resp_8','error':" + error + ",'output':[]}").replace('\'', '"')));

        assertThat(types(eventsOf("/v1/responses", "\"input\":\"x\""))).endsWith("response.completed");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "/v1/images/generations | {\"created\":7,\"data\":[{\"b64_json\":\"AA\"}]} | \"type\":\"image_generation.completed\",\"created_at\":7,\"b64_json\":\"AA\"",
        "/v1/audio/transcriptions | {\"text\":\"Hi\"} | \"type\":\"transcript.text.done\",\"text\":\"Hi\""})
    void shouldSendImagesAndTranscriptsAsAStream(String path, String json, String expected) {
        first.enqueue(Reply.json(200, json));

        assertThat(text(eventsOf(path, "\"prompt\":\"x\""))).contains(expected);
    }

    @Test
    void shouldSendALargeChatAsAStream() {
        first.enqueue(Reply.chat("x".repeat(3_000_000)));

        assertThat(text(eventsOf("/v1/chat/completions", "\"messages\":[]"))).hasSizeGreaterThan(3_000_000).endsWith("data: [DONE]\n\n");
    }

    @Test
    void shouldFailOverWhenTheJsonIsAnError() {
        first.enqueue(Reply.json(200, "{\"error\":{\"message\":\"overloaded\"}}"));
        second.enqueue(Reply.stream(event("good"), lastEvent()));

        assertThat(text(events())).isEqualTo(event("good") + lastEvent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/event-stream", "Text/Event-Stream; charset=utf-8", "application/json"})
    void shouldAssembleAStreamIntoAChat(String type) throws IOException {
        String stream = "data: {'id':'','choices':[],'prompt_filter_results':[]}\n\n"
                + "data: {'id':'x','object':'chat.completion.chunk','created':7,'model':'m','choices':[{'index':0,'delta':{'role':'assistant','content':''}}]}\n\n"
                + "data: {'id':'x','choices':[{'index':0,'delta':{'content':'He'}},{'index':1,'delta':{'content':'Ho'},'finish_reason':'length'}]}\n\n"
                + "data: {'id':'x','choices':[{'index':0,'delta':{'content':'llo','tool_calls':[{'index':0,'id':'c1','type':'function',"
                + "'function':{'name':'f','arguments':''}}]}}]}\r\n\r\n"
                + "data: {'id':'x','choices':[{'index':0,'delta':{'tool_calls':[{'index':0,'function':{'arguments':'{}'}}]}}]}\n\n"
                + "data: {'id':'x','choices':[{'index':0,'delta':{},'finish_reason':'tool_calls'}],'usage':{'prompt_tokens':3,'completion_tokens':4}}\n\n"
                + "data: [DONE]";
        first.enqueue(Reply.body(200, type, stream.replace('\'', '"').getBytes()));

        var response = chat();

        assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
        JsonNode whole = JSON.readTree(response.body());
        assertThat(whole.at("/choices/0/message")).isEqualTo(JSON.readTree(("{'role':'assistant','content':'Hello','tool_calls':[" + TOOL + "]}").replace('\'', '"')));
        assertThat(whole.at("/choices/0/finish_reason").asText()).isEqualTo("tool_calls");
        assertThat(whole.at("/choices/1/message/content").asText()).isEqualTo("Ho");
        assertThat(whole.path("object").asText()).isEqualTo("chat.completion");
        assertThat(whole.at("/usage/completion_tokens").asInt()).isEqualTo(4);
        assertThat(whole.path("id").asText()).isEqualTo("x");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "/v1/completions | data: {\"id\":\"x\",\"choices\":[{\"text\":\"H\",\"index\":0}]}~data: {\"choices\":[{\"text\":\"i\",\"index\":0,\"finish_reason\":\"stop\"}]}~"
                + " | {\"id\":\"x\",\"object\":\"text_completion\",\"choices\":[{\"index\":0,\"text\":\"Hi\",\"finish_reason\":\"stop\"}]}",
        "/v1/responses | data: {\"type\":\"response.created\",\"response\":{\"id\":\"r\"}}~data: {\"type\":\"response.completed\",\"response\":{\"id\":\"r\"}}~ | {\"id\":\"r\"}",
        "/v1/responses | data: {\"type\":\"response.done\",\"response\":{\"id\":\"r\"}}~ | {\"id\":\"r\"}",
        "/v1/audio/transcriptions | data: {\"type\":\"transcript.text.done\",\"text\":\"Hi\"}~ | {\"text\":\"Hi\"}"})
    void shouldAssembleOtherStreams(String path, String stream, String json) {
        first.enqueue(Reply.stream(stream.replace("~", "\n\n")));

        try (RawClient client = client().post(path, "{\"model\":\"gpt-4o\"}")) {
            assertThat(client.response().text()).isEqualTo(json);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "data: {\"error\":{\"message\":\"overloaded\"}}\n\n", "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"b\"}}]}\n\n"})
    void shouldCallTheNextInstanceWhenTheStreamToAssembleIsNotWhole(String end) {
        first.enqueue(Reply.stream(event("a") + end));

        assertThat(instance(chat())).isEqualTo("second");
    }

    private List<SseEvent> eventsOf(String path, String members) {
        try (RawClient client = client().post(path, "{\"model\":\"gpt-4o\",\"stream\":true," + members + "}")) {
            RawResponse head = client.head();
            assertThat(head.header("content-type")).startsWith("text/event-stream");
            assertThat(head.header("x-accel-buffering")).isEqualTo("no");
            return Stream.generate(client::event).takeWhile(event -> event != null).toList();
        }
    }

    private static List<String> deltas(List<SseEvent> events) throws IOException {
        StringBuilder deltas = new StringBuilder();
        for (SseEvent event : events) {
            JsonNode delta = event.isDone() ? JSON.missingNode() : JSON.readTree(event.data()).at("/choices/0/delta");
            deltas.append(delta.isMissingNode() ? "" : delta + "\n");
        }
        return deltas.toString().lines().toList();
    }

    private static List<String> types(List<SseEvent> events) {
        return events.stream().map(event -> event.raw().replaceFirst("(?s)event: ([^\\n]*)\\n.*", "$1")).toList();
    }
}
