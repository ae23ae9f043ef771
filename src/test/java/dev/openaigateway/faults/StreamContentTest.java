package dev.openaigateway.faults;

import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.RawResponse;
import dev.openaigateway.support.Reply;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

/** What counts as content: after it there is no failover, and a stream that has it is not empty. */
class StreamContentTest extends TwoInstances {

    private static final String BROKEN = "upstream_stream_error";
    private static final String DONE = "data: [DONE]\n\n";

    @ParameterizedTest
    @ValueSource(strings = {
        "'images':[{'type':'image_url','image_url':{'url':'data:image/png;base64,AAAA'}}]",
        "'reasoning_details':[{'type':'reasoning.text','text':'hm'}]",
        "'thinking_blocks':[{'type':'thinking','thinking':'hm'}]",
        "'thinking':'hm'",
        "'reasoning_text':'hm'",
        "'annotations':[{'type':'url_citation','url_citation':{'url':'https://example.com'}}]",
        "'executed_tools':[{'index':0,'type':'search'}]",
        "'of_tomorrow':{'sure':true}"})
    void shouldTakeAnyMemberOfADeltaForContent(String member) {
        String chunk = data("{'choices':[{'index':0,'delta':{'role':'assistant','content':''," + member + "},'finish_reason':null}]}");

        assertContent("/v1/chat/completions", chunk);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "'delta':{'content':''},'logprobs':{'content':[{'token':'x','logprob':-0.1}]}",
        "'delta':{'content':''},'token_ids':[7]",
        "'text':'','logprobs':{'tokens':['x'],'token_logprobs':[-0.1]}"})
    void shouldTakeTheTokensOfAChoiceForContent(String members) {
        String chunk = data("{'choices':[{'index':0,'finish_reason':null," + members + "}]}");

        assertContent(members.contains("delta") ? "/v1/chat/completions" : "/v1/completions", chunk);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "/v1/audio/transcriptions | {'text':'a'}",
        "/v1/audio/speech         | {'audio':'AAAA'}",
        "/v1/images/generations   | {'b64_json':'AAAA','index':0}"})
    void shouldTakeAnEventOfUnknownFormForContent(String path, String event) {
        first.enqueue(Reply.stream(data(event), DONE));

        assertThat(post(path).text()).isEqualTo(data(event) + DONE);
        assertThat(requestsToSecond()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "'images':[],'reasoning_details':null,'provider_specific_fields':{'refusal':null,'citations':[]},'final':false,'count':0",
        "'name':'Mia','channel':'analysis','id':'m1','index':0,'padding':'abc'",
        "'reasoning_text':'','thinking':''"})
    void shouldCallTheNextInstanceAfterMembersThatSayNothing(String members) {
        String chunk = data("{'choices':[{'index':0,'delta':{'role':'assistant'," + members + "},'logprobs':{'content':[]},'finish_reason':null}]}");
        first.enqueue(Reply.stream(chunk, event("never")).closeAfter(1));
        second.enqueue(Reply.stream(event("good"), lastEvent()));

        assertThat(text(events())).isEqualTo(chunk + event("good") + lastEvent());
    }

    private void assertContent(String path, String chunk) {
        first.enqueue(Reply.stream(chunk, event("never")).closeAfter(1), Reply.stream(chunk, DONE));

        assertThat(post(path).text()).startsWith(chunk).contains(BROKEN);
        clock.advance(Duration.ofMinutes(1));
        assertThat(post(path).text()).isEqualTo(chunk + DONE);
        assertThat(requestsToSecond()).isZero();
    }

    private RawResponse post(String path) {
        try (RawClient client = client().post(path, "{\"model\":\"gpt-4o\",\"stream\":true,\"stream_format\":\"sse\",\"prompt\":\"x\",\"messages\":[]}")) {
            return client.response();
        }
    }

    private static String data(String json) {
        return "data: " + json.replace('\'', '"') + "\n\n";
    }
}
