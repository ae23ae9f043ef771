package dev.openaigateway.faults;

import dev.openaigateway.support.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

/** JSON in place of sound or of its text, under a status of success. */
class SoundErrorsTest extends TwoInstances {

    private static final String REQUEST = "{\"model\":\"gpt-4o\",\"input\":\"Hi\"}";

    @ParameterizedTest
    @ValueSource(strings = {"speech", "transcriptions", "translations"})
    void shouldCallTheNextInstanceWhenAnErrorComesInPlaceOfSoundOrText(String operation) {
        first.enqueue(Reply.json(200, "{\"code\":500,\"msg\":\"engine down\"}"));

        assertThat(instance(gateway.post("/v1/audio/" + operation, REQUEST))).isEqualTo("second");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'code':500,'message':'failed','data':null}", "{'id':'1','code':500,'message':'failed'}", "{'status':'error','message':'x'}",
        "{'base_resp':{'status_code':1004,'status_msg':'login fail'}}", "{'audio':'AAAA','success':false}", "{'audio':'','status_code':'Throttling'}",
        "{'detail':'Not enough credits','id':'1'}", "{'errors':[{'message':'no'}],'result':{}}", "{'text':'','status':'FAILED'}", "{'audio':null,'message':'no voice'}",
        "{'message':'Internal server error','request_id':'r1'}", "{'code':0,'message':'ok'}", "{'code':200,'data':null}"})
    void shouldCallTheNextInstanceWhenAMemberReportsAFailureOrThereIsNoResult(String body) {
        first.enqueue(Reply.json(200, body.replace('\'', '"')));

        assertThat(instance(gateway.post("/v1/audio/speech", REQUEST))).isEqualTo("second");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'transcription':'Hi'}", "{'text':'Hi','message':''}", "{'audio':'AAAA'}", "{'audio':'AAAA','success':true}",
        "{'audio':'AAAA','code':0,'message':'ok'}", "{'audio':'AAAA','errors':[],'detail':null}", "{'audio_url':'http://x/y.mp3','code':'200','msg':'Success!'}",
        "{'transcript':'hello','language':'en','success':true,'duration':3}", "{'text':'','success':true}", "{'data':'AAAA','code':3000,'message':'Success'}",
        "{'data':{'audio':'00','status':2},'base_resp':{'status_code':0,'status_msg':''}}"})
    void shouldPassJsonOfAnotherFormInPlaceOfSoundOrText(String body) {
        String json = body.replace('\'', '"');
        for (String operation : new String[] {"speech", "transcriptions"}) {
            first.enqueue(Reply.json(200, json));

            assertThat(gateway.post("/v1/audio/" + operation, REQUEST).body()).isEqualTo(json);
        }
        assertThat(requestsToSecond()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[{'error':{'message':'bad key-of-first'}}]", "{'error':{'message':'bad key-of-first", "[{'error':{'message':'bad"})
    void shouldCallTheNextInstanceAfterAnErrorInAListOrCutOffInPlaceOfSound(String body) {
        first.enqueue(Reply.json(200, body.replace('\'', '"')));

        assertThat(instance(gateway.post("/v1/audio/speech", REQUEST))).isEqualTo("second");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"text/plain | SAID", "application/x-ndjson | {'error':{'message':'SAID'}} {}", "application/xml | <Error>SAID</Error>",
        "application/json | 'SAID'", "text/plain | {'error':'SAID", "application/octet-stream | SAID", "'' | SAID", "application/json | [{'msg':'SAID'}]",
        "application/json | ['SAID']"})
    void shouldMaskATextInPlaceOfSound(String type, String body) {
        String text = body.replace('\'', '"').replace("SAID", "bad key-of-first at HOST/v1 " + "x".repeat(20_000) + " key-of-first");
        String sent = text.replace("HOST", first.uri().toString());
        first.enqueue(type.isEmpty() ? Reply.rawThenClose("HTTP/1.1 200 OK\r\n\r\n" + sent) : Reply.body(200, type, sent.getBytes(StandardCharsets.UTF_8)));

        assertThat(gateway.post("/v1/audio/speech", REQUEST).body()).isEqualTo(text.replace("key-of-first", "****").replace("HOST", "http://****"));
        assertThat(requestsToSecond()).isZero();
    }

    /** Keys stand at each place where a piece of it may end. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void shouldMaskALongTextInPlaceOfSound(int before) {
        String text = "x".repeat(before) + "key-of-first ".repeat(100_000) + first.uri();
        first.enqueue(Reply.body(200, "text/plain", text.getBytes(StandardCharsets.UTF_8)).chunked(10_007));

        String sent = gateway.post("/v1/audio/speech", REQUEST).body();

        assertThat(sent.equals(text.replace("key-of-first", "****").replace(first.uri().toString(), "http://****"))).isTrue();
    }

    @Test
    void shouldPassSoundUnderTheTypeOfAText() {
        String sound = "RIFF\0\1" + first.uri();
        first.enqueue(Reply.body(200, "text/plain", sound.getBytes(StandardCharsets.UTF_8)));

        assertThat(gateway.post("/v1/audio/speech", REQUEST).body()).isEqualTo(sound);
    }

    @Test
    void shouldNotQuoteTheSuccessOfAResponseWithoutAResult() {
        first.enqueue(Reply.json(200, "{\"code\":200,\"message\":\"ok\"}"));
        second.enqueue(Reply.json(200, "{\"code\":200,\"message\":\"ok\"}"));

        HttpResponse<String> response = gateway.post("/v1/audio/speech", REQUEST);

        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.body()).contains("without results").doesNotContain("failed: ok");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "chat/completions | {'id':'1','object':'chat.completion','code':500,'message':'failed'}",
        "chat/completions | {'id':'1','object':'chat.completion','choices':[{'index':0,'message':{'role':'assistant','content':''}}],'base_resp':{'status_code':1027}}",
        "chat/completions | {'id':'1','model':'m','created':1,'success':false}",
        "embeddings | {'object':'list','model':'m','status':'error','data':[]}",
        "embeddings | {'id':'1','model':'m','errors':['no']}",
        "images/generations | {'created':1,'error_code':216100}"})
    void shouldCallTheNextInstanceAfterAFailureBesideMembersOfAResult(String path, String body) {
        first.enqueue(Reply.json(200, body.replace('\'', '"')));

        assertThat(instance(gateway.post("/v1/" + path, "{\"model\":\"gpt-4o\",\"messages\":[],\"input\":\"Hi\",\"prompt\":\"x\"}"))).isEqualTo("second");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "chat/completions | {'choices':[{'index':0,'message':{'role':'assistant','content':'Hi'}}],'code':500,'success':false,'status':'error','detail':'x'}",
        "chat/completions | {'choices':[{'index':0,'message':{'role':'assistant','tool_calls':[{'id':'1'}]}}],'base_resp':{'status_code':1027}}",
        "completions | {'choices':[{'index':0,'text':'Hi'}],'errors':['x']}",
        "embeddings | {'data':[{'embedding':[0.1]}],'code':20000,'message':'created'}",
        "responses | {'id':'r','object':'response','status':'failed','error':{'code':'server_error'},'output':[]}"})
    void shouldTakeAResultForOneWhateverStandsBesideIt(String path, String body) {
        String json = body.replace('\'', '"');
        first.enqueue(Reply.json(200, json));

        assertThat(gateway.post("/v1/" + path, "{\"model\":\"gpt-4o\",\"messages\":[],\"input\":\"Hi\",\"prompt\":\"x\"}").body()).isEqualTo(json);
        assertThat(requestsToSecond()).isZero();
    }
}
