package dev.openaigateway.openai.form;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.openaigateway.openai.Operation;
import dev.openaigateway.openai.response.SseData;
import dev.openaigateway.openai.response.StreamEvent;
import dev.openaigateway.openai.response.StreamProgress;
import dev.openaigateway.openai.sse.SseFramer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

/** JSON that becomes a stream, and JSON again. */
class OtherFormsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "CHAT_COMPLETIONS | {'id':'x','object':'chat.completion','created':7,'model':'m','choices':[{'index':0,'message':{'role':'assistant','content':'h\u00e9\\n\\u0000'},"
                + "'logprobs':null,'finish_reason':'stop'}],'usage':{'prompt_tokens':1}}",
        "CHAT_COMPLETIONS | {'object':'chat.completion','choices':[{'index':1,'message':{'role':'assistant','content':null,'tool_calls':[{'id':'a','type':'function',"
                + "'function':{'name':'f','arguments':'{}'}},{'id':'b','type':'function','function':{'name':'g','arguments':'[1]'}}]},'logprobs':null,"
                + "'finish_reason':'tool_calls'},{'index':2,'message':{'role':'assistant','content':null,'refusal':'no','annotations':[{'a':1}],"
                + "'audio':{'id':'z','data':'AA','transcript':'t'}},'logprobs':{'content':[{'token':'a','logprob':-1.5}]},'finish_reason':'content_filter',"
                + "'content_filter_results':{'hate':{'filtered':true}}}]}",
        "COMPLETIONS | {'id':'x','object':'text_completion','choices':[{'index':0,'text':'Hi','logprobs':null,'finish_reason':'length'}],'usage':{'prompt_tokens':1}}",
        "RESPONSES | {'id':'r','object':'response','status':'incomplete','output':[{'type':'message','content':[{'type':'refusal','refusal':'no'}]}],'usage':{'a':1}}",
        "RESPONSES | {'id':'r','object':'response','status':'failed','error':{'code':'server_error'},'output':[]}",
        "IMAGE_GENERATIONS | {'created':7,'usage':{'input_tokens':1},'data':[{'b64_json':'AA'},{'b64_json':'BB'}]}",
        "TRANSCRIPTIONS | {'text':'Hi','usage':{'type':'tokens'}}"})
    void shouldKeepAResponse(Operation operation, String json) throws IOException {
        String whole = json.replace('\'', '"');

        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        JsonAsStream.of(operation, whole.getBytes(StandardCharsets.UTF_8), true).orElseThrow().write(stream::writeBytes);

        assertThat(JSON.readTree(assembled(operation, stream.toByteArray()))).isEqualTo(JSON.readTree(whole));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"EMBEDDINGS | {'data':[]}", "CHAT_COMPLETIONS | {'choices':[]}", "CHAT_COMPLETIONS | [1]",
        "RESPONSES | {'object':'response','status':'unheard_of'}", "RESPONSES | {'id':'x'}", "RESPONSES | {'object':'list','data':[]}", "IMAGE_GENERATIONS | {'data':[{'file_id':'x'}]}",
        "TRANSCRIPTIONS | {'segments':[]}", "SPEECH | {'text':'x'}"})
    void shouldNotMakeAStreamOfAnythingElse(Operation operation, String json) {
        assertThat(JsonAsStream.of(operation, json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), true)).isEmpty();
    }

    /** Also checks that the stream is whole. */
    private static byte[] assembled(Operation operation, byte[] stream) {
        StreamAsJson parts = new StreamAsJson(operation);
        StreamProgress progress = new StreamProgress(1, true, true);
        SseFramer framer = new SseFramer(bytes -> true);
        framer.append(stream, stream.length);
        for (int end = framer.nextEnd(); end >= 0; end = framer.nextEnd()) {
            SseData data = SseData.in(framer.bytes(), framer.start(), end);
            StreamEvent event = data.isDone() ? StreamEvent.DONE : data.read(null);
            progress.see(event);
            if (!data.isDone()) {
                parts.add(event.type(), data.copyOfBytes());
            }
            framer.consume(end);
        }
        assertThat(progress.isWhole()).isTrue();
        return parts.json();
    }
}
