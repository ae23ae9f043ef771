package dev.openaigateway.throttle;

import dev.openaigateway.support.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Arrays;

import static dev.openaigateway.throttle.PricedRequest.PROMPT;
import static org.assertj.core.api.Assertions.assertThat;

/** The charge of responses without usage that have the same text in several places. Each {@code W} is a token, and so is each other word. */
class RepeatedTextsTest extends OneLimitedInstance {

    private static final String CHAT = "/v1/chat/completions";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "beside the delta            | 3 | {'text':'W','delta':{'content':'W'}} ; {'text':'W','delta':{'content':'W'}} ; {'delta':{'content':'W'},'text':'W'}",
        "beside reasoning            | 2 | {'text':'W','delta':{'content':'','reasoning':'W'}} ; {'text':'W','delta':{'content':'W'}}",
        "beside an empty delta       | 3 | {'text':'W','delta':{'content':''}} ; {'text':'W','delta':{}} ; {'text':'W','delta':{'content':null}}",
        "reasoning twice             | 3 | {'delta':{'reasoning':'W','reasoning_content':'W'}} ; {'delta':{'reasoning':'W','reasoning_content':'W'}} ; {'delta':{'content':'W'}}",
        "two reasonings              | 3 | {'delta':{'reasoning':'W','thinking':'WW'}}",
        "calls twice                 | 2 | {'delta':{'tool_calls':[{'function':{'name':'W','arguments':'W'}}],'function_call':{'name':'W','arguments':'W'}}}",
        "the message so far          | 3 | {'message':{'content':'W'},'delta':{'content':'W'}} ; {'delta':{'content':'W'},'message':{'content':'WW'}} ; {'message':{'content':'WWW'},'delta':{'content':'W'}} ; {'message':{'content':'WWW'},'delta':{'content':''}}",
        "the message of one piece    | 1 | {'message':{'content':'W'},'delta':{'content':'W'}} ; {'message':{'content':'W'},'delta':{}}",
        "the message at the end      | 3 | {'delta':{'content':'W'}} ; {'delta':{'content':'W'}} ; {'delta':{'content':'W'}} ; {'message':{'content':'WWW'}}",
        "a longer message at the end | 4 | {'delta':{'content':'W'}} ; {'delta':{'content':'W'}} ; {'message':{'content':'WWWW'}}",
        "only the message so far     | 4 | {'message':{'content':'W'},'delta':{'content':''}} ; {'message':{'content':'WW'},'delta':{}} ; {'message':{'content':'WWWW'},'delta':{}} ; {'message':{'content':'WWWW'},'delta':{}}",
        "a message in pieces         | 4 | {'message':{'content':'W'}} ; {'message':{'content':'W'},'delta':{'content':''}} ; {'message':{'content':'W'}} ; {'message':{'content':'W'}}",
        "messages of other words     | 4 | {'message':{'content':'W'},'delta':{'content':''}} ; {'message':{'content':' one'}} ; {'message':{'content':' two'}} ; {'message':{'content':' six'}}",
        "a message after a delta     | 4 | {'delta':{'content':'W'}} ; {'message':{'content':' one'}} ; {'message':{'content':' two'}} ; {'message':{'content':' six'}}",
        "a trimmed message           | 3 | {'delta':{'content':'W'},'message':{'content':'Hello'}} ; {'delta':{'content':'W'},'message':{'content':'HelloW'}} ; {'delta':{'content':'W'},'message':{'content':'HelloWW'}} ; {'delta':{},'message':{'content':'HelloWW'}}",
        "two choices                 | 4 | {'message':{'content':'W'},'delta':{'content':'W'}} ; {'message':{'content':'W'},'index':1,'delta':{'content':'W'}} ; {'message':{'content':'WW'},'delta':{'content':'W'},'index':0} ; {'index':1,'message':{'content':'WW'},'delta':{}}"})
    void shouldChargeATextOfAStreamOnce(String what, int tokens, String choices) {
        upstream.enqueue(Reply.stream(Arrays.stream(choices.split(" ; "))
                .map(choice -> "data: {\"choices\":[" + json(choice) + "]}\n\n").toArray(String[]::new)).closeAfter(choices.split(" ; ").length));

        gateway.post(CHAT, PricedRequest.stream(200));

        assertUsed(PROMPT + tokens);
    }

    @Test
    void shouldChargeWhatIsReportedSoFarOfABrokenStream() {
        upstream.enqueue(Reply.stream(soFar(1), soFar(2), soFar(3)).closeAfter(3));

        gateway.post(CHAT, PricedRequest.stream(200));

        assertUsed(10 + 3);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "2 | {'message':{'content':'WW'},'text':'WW','finish_reason':'stop'}",
        "2 | {'text':'WW','message':{'content':''},'finish_reason':'stop'}",
        "3 | {'text':'WWW','message':{'content':'WWW','reasoning':''},'delta':{'content':'WWW'},'finish_reason':'stop'}"})
    void shouldChargeATextOfAResponseOnce(int tokens, String choice) {
        upstream.enqueue(Reply.json(200, "{\"object\":\"chat.completion\",\"choices\":[" + json(choice) + "]}"));

        gateway.post(CHAT, PricedRequest.body(200));

        assertUsed(PROMPT + tokens);
    }

    private void assertUsed(int used) {
        awaitCharged(used);
        assertThat(recorded()).as("recorded tokens").isEqualTo(used);
    }

    private static String soFar(int words) {
        return "data: {\"choices\":[{\"index\":0,\"message\":{\"content\":\"" + " Hello".repeat(words) + "\"},\"delta\":{\"content\":\" Hello\"}}],"
                + "\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":" + words + "}}\n\n";
    }

    private static String json(String choice) {
        return choice.replace('\'', '"').replace("W", " Hello");
    }
}
