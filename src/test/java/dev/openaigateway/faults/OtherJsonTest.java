package dev.openaigateway.faults;

import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.RawResponse;
import dev.openaigateway.support.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A status of success with JSON that is no result of the operation: SDKs would make an object of it that fails where the application reads it. */
class OtherJsonTest extends TwoInstances {

    private static final String EMBEDDINGS = "/v1/embeddings";

    @ParameterizedTest
    @ValueSource(strings = {"", "'choices':{},", "'choices':'x',", "'choices':[{}],", "'choices':[null],", "'choices':[{'index':0,'message':null,'finish_reason':null}],",
        "'choices':null,'usage':{'prompt_tokens':9,'completion_tokens':3},", "'usage':{'prompt_tokens':9,'completion_tokens':3},"})
    void shouldCallTheNextInstanceWhenJsonIsNoCompletion(String members) {
        for (String object : new String[] {"chat.completion", "text_completion"}) {
            first.enqueue(json("{" + members + "'id':'x','created':7,'object':'" + object + "','model':'m'}"));
        }

        assertThat(instance(chat())).isEqualTo("second");
        assertThat(post("/v1/completions", "\"prompt\":\"Hi\"").text()).contains("from second");
    }

    @Test
    void shouldTellTheClientIfNoInstanceSendsACompletion() {
        first.enqueue(json("{'id':'x','object':'chat.completion'}"));
        second.enqueue(json("{'id':'x','object':'response','output':[],'usage':{'input_tokens':9,'output_tokens':3}}"));

        var response = chat();

        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.body()).contains("\"error\":{", "without choices");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[{'index':0,'finish_reason':'content_filter','content_filter_results':{}}]", "[{'message':{}}]", "[{},{'message':{'content':'Hi'}}]",
        "[{'text':'Hi'}]", "[],'usage':{'prompt_tokens':9,'completion_tokens':3}"})
    void shouldPassOnACompletionThatClientsCanRead(String choices) {
        String body = "{'usual':false,'choices':" + choices + ",'more':{}}";
        first.enqueue(json(body));

        assertThat(chat().body()).isEqualTo(body.replace('\'', '"'));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"/v1/embeddings | \"input\":\"Hi\"", "/v1/moderations | \"input\":\"Hi\"", "/v1/images/generations | \"prompt\":\"Hi\""})
    void shouldCallTheNextInstanceWhenJsonHasNoData(String path, String members) {
        String good = "{\"id\":\"x\",\"data\":[{}],\"results\":[{}]}";
        first.enqueue(json("{'object':'list','model':'m'}"), json("{'object':'list','data':{},'results':{}}"));
        second.enqueue(Reply.json(200, good), Reply.json(200, good));

        assertThat(post(path, members).text()).isEqualTo(good);
        assertThat(post(path, members).text()).isEqualTo(good);
    }

    /** What an instance says in other words than those of the API still decides what the client gets. */
    @Test
    void shouldReadTheWordsOfAFailureInPlaceOfData() {
        first.enqueue(json("{'message':'the engine is down'}"));
        second.enqueue(json("{'message':'the engine is down'}"));

        assertThat(post(EMBEDDINGS, "\"input\":\"Hi\"").text()).contains("the engine is down");
    }

    private RawResponse post(String path, String members) {
        try (RawClient client = client().post(path, "{\"model\":\"gpt-4o\"," + members + "}")) {
            return client.response();
        }
    }

    private static Reply json(String json) {
        return Reply.json(200, json.replace('\'', '"'));
    }
}
