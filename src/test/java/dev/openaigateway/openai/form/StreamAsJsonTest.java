package dev.openaigateway.openai.form;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.openaigateway.openai.Operation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

/** Streams whose parts have members of their own, which the JSON made of them must keep. */
class StreamAsJsonTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{'tool_calls':[{'index':0,'id':'c','type':'custom','custom':{'name':'f','input':'a'}}]} ~ {'tool_calls':[{'index':0,'custom':{'input':'bc'}}]}"
                + " | {'tool_calls':[{'id':'c','type':'custom','custom':{'name':'f','input':'abc'}}]}",
        "{'reasoning_details':[{'type':'reasoning.summary','index':0,'summary':'S1'}]} ~ {'reasoning_details':[{'type':'reasoning.summary','index':0,'summary':'S2'}]}"
                + " ~ {'reasoning_details':[{'type':'reasoning.encrypted','index':0,'data':'D'}]}"
                + " | {'reasoning_details':[{'type':'reasoning.summary','index':0,'summary':'S1S2'},{'type':'reasoning.encrypted','index':0,'data':'D'}]}",
        "{'content':'Hello '} ~ {'content':[{'type':'thinking','thinking':[{'type':'text','text':'T'}]}]} ~ {'content':'wor'} ~ {'content':'ld'}"
                + " | {'content':[{'type':'text','text':'Hello '},{'type':'thinking','thinking':[{'type':'text','text':'T'}]},{'type':'text','text':'world'}]}",
        "{'content':[{'type':'thinking','thinking':'T'}]} ~ {'content':'Hi'} | {'content':[{'type':'thinking','thinking':'T'},{'type':'text','text':'Hi'}]}",
        "{'role':'assistant','own_text':'a','audio':{'id':'x','data':'AA'}} ~ {'role':'assistant','own_text':'b','audio':{'id':'x','data':'BB'}}"
                + " | {'own_text':'ab','audio':{'id':'x','data':'AABB'}}",
        "{'content':'a','content_type':'text','provider':'x'} ~ {'content':'a','content_type':'text'} ~ {'content_type':'text','provider':'x','own_text':'p'}"
                + " ~ {'own_text':'q'} | {'content':'aa','content_type':'text','provider':'x','own_text':'pq'}",
        "{'tool_calls':[{'index':0,'id':'c1','type':'function','function':{'name':'f','arguments':'{'}}]} ~ {'tool_calls':[{'index':0,'function':{'arguments':'}'}}]}"
                + " ~ {'tool_calls':[{'index':0,'id':'c2','type':'function','function':{'name':'g','arguments':'['}}]}"
                + " ~ {'tool_calls':[{'index':0,'function':{'arguments':']'}}]} ~ {'tool_calls':[{'index':0,'id':'c2','function':{'arguments':'!'}}]}"
                + " | {'tool_calls':[{'id':'c1','type':'function','function':{'name':'f','arguments':'{}'}},"
                + "{'id':'c2','type':'function','function':{'name':'g','arguments':'[]!'}}]}",
        "{'tool_calls':[{'index':0,'id':'c1','function':{'name':'f','arguments':'a'}}]} ~ {'tool_calls':[{'index':0,'id':'x','function':{'arguments':'b'}}]}"
                + " | {'tool_calls':[{'id':'x','function':{'name':'f','arguments':'ab'}}]}",
        "{'content':'a','tool_calls':[null]} ~ {'content':'b'} | {'content':'ab','tool_calls':[]}",
        "{'content':'a','tool_calls':{'id':'c'}} | {'content':'a','tool_calls':{'id':'c'}}"})
    void shouldAppendTheTextsOfDeltas(String deltas, String message) throws IOException {
        StreamAsJson parts = new StreamAsJson(Operation.CHAT_COMPLETIONS);
        for (String delta : deltas.split("~")) {
            add(parts, "{'choices':[{'index':0,'delta':" + delta + ",'content_filter_results':{'hate':{'severity':'safe','detail':'x'}}}]}");
        }
        add(parts, "{'choices':[{'index':0,'delta':{},'finish_reason':'stop'}]}");

        JsonNode choice = JSON.readTree(parts.json()).at("/choices/0");
        JSON.readTree(message.replace('\'', '"')).properties()
                .forEach(member -> assertThat(choice.path("message").path(member.getKey())).isEqualTo(member.getValue()));
        assertThat(choice.at("/message/role").asText()).isEqualTo("assistant");
        assertThat(choice.at("/content_filter_results/hate/detail").asText()).isEqualTo("x");
    }

    @Test
    void shouldKeepTheTimeOfCreationBesideLaterChunksWithoutOne() throws IOException {
        StreamAsJson parts = new StreamAsJson(Operation.CHAT_COMPLETIONS);
        add(parts, "{'created':7,'choices':[{'index':0,'delta':{'content':'a'},'finish_reason':'stop'}]}");
        add(parts, "{'created':0,'choices':[{'index':0,'delta':{}}]}");

        assertThat(JSON.readTree(parts.json()).path("created").asInt()).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource({"response.completed,'[]'", "response.incomplete,'null'"})
    void shouldFillInTheItemsThatTheEndOfAResponseLacks(String end, String output) throws IOException {
        StreamAsJson parts = new StreamAsJson(Operation.RESPONSES);
        add(parts, "{'type':'response.output_item.done','output_index':1,'item':{'id':'b'}}");
        add(parts, "{'type':'response.output_item.done','output_index':0,'item':{'id':'a'}}");
        add(parts, "{'type':'" + end + "','response':{'id':'r','output':" + output + "}}");

        assertThat(new String(parts.json(), StandardCharsets.UTF_8)).isEqualTo("{'id':'r','output':[{'id':'a'},{'id':'b'}]}".replace('\'', '"'));
    }

    @Test
    void shouldKeepAllMembersOfImagesAndAddTheirUsage() throws IOException {
        StreamAsJson parts = new StreamAsJson(Operation.IMAGE_GENERATIONS);
        String event = "{'type':'image_generation.completed','created_at':7,'size':'1x1','quality':'low','output_format':'png','sequence_number':3,"
                + "'usage':{'total_tokens':%d,'input_tokens_details':{'text_tokens':1}},%s}";
        add(parts, event.formatted(20, "'b64_json':'AA','revised_prompt':'p'"));
        add(parts, event.formatted(10, "'url':'http://i'"));

        assertThat(JSON.readTree(parts.json())).isEqualTo(JSON.readTree(("{'created':7,'size':'1x1','quality':'low','output_format':'png',"
                + "'usage':{'total_tokens':30,'input_tokens_details':{'text_tokens':2}},"
                + "'data':[{'b64_json':'AA','revised_prompt':'p'},{'url':'http://i'}]}").replace('\'', '"')));
    }

    @Test
    void shouldAddTheCostsOfImagesAsDecimals() throws IOException {
        StreamAsJson parts = new StreamAsJson(Operation.IMAGE_GENERATIONS);
        for (int i = 0; i < 2; i++) {
            add(parts, "{'type':'image_generation.completed','b64_json':'AA','usage':{'total_tokens':10,'cost':0.04,'cost_details':{'x':0.5,'n':1,'tier':'std'}}}");
        }

        assertThat(JSON.readTree(parts.json()).path("usage").toString())
                .isEqualTo("{'total_tokens':20,'cost':0.08,'cost_details':{'x':1.0,'n':2,'tier':'std'}}".replace('\'', '"'));
    }

    private static void add(StreamAsJson parts, String json) throws IOException {
        byte[] data = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        parts.add(JSON.readTree(data).path("type").asText(null), data);
    }
}
