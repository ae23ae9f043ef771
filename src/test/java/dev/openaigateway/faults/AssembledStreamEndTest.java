package dev.openaigateway.faults;

import dev.openaigateway.support.Reply;
import dev.openaigateway.support.StreamReply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.net.http.HttpResponse;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The end of a stream for a client that requested JSON is that for a client that requested a stream. */
class AssembledStreamEndTest extends TwoInstances {

    private static final String DONE = "data: [DONE]\n\n";
    private static final String TEXT = "data: {\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"a\"}}]}\n\n";
    private static final String LAST = "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
    private static final String RESPONSE = "data: {\"type\":\"response.completed\",\"response\":{\"id\":\"r\",\"status\":\"completed\",\"output\":[]}}\n\n";

    static Stream<Arguments> ends() {
        return Stream.of(Arguments.of("chat/completions", Reply.stream(TEXT, LAST, DONE).stallAfter(3)),
                Arguments.of("chat/completions", Reply.stream(TEXT, LAST, DONE).closeAfter(3)),
                Arguments.of("chat/completions", Reply.stream(TEXT, LAST).closeAfter(2)),
                Arguments.of("chat/completions", Reply.stream(TEXT, LAST.stripTrailing()).closeAfter(2)),
                Arguments.of("chat/completions", Reply.stream(TEXT, LAST, DONE, "data: {\"error\":{\"message\":\"late\"}}\n\n")),
                Arguments.of("chat/completions", Reply.stream(TEXT, LAST, DONE, TEXT)),
                Arguments.of("chat/completions", Reply.stream(TEXT + LAST + DONE + TEXT)),
                Arguments.of("responses", Reply.stream(RESPONSE).stallAfter(1)), Arguments.of("responses", Reply.stream(RESPONSE).closeAfter(1)));
    }

    @ParameterizedTest
    @MethodSource("ends")
    void shouldEndWithTheLastEvent(String path, StreamReply reply) {
        first.enqueue(reply);

        HttpResponse<String> response = gateway.post("/v1/" + path, "{\"model\":\"gpt-4o\",\"messages\":[],\"input\":\"x\"}");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
        assertThat(response.body()).contains(path.equals("responses") ? "\"id\":\"r\"" : "\"content\":\"a\"");
        assertThat(requestsToSecond()).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{'choices':[null]}", "{'choices':[{'index':0,'delta':{'role':'assistant'}}]}", "{'x':1}"})
    void shouldCallTheNextInstanceIfThereIsNoContent(String event) {
        first.enqueue(Reply.stream("data: " + event.replace('\'', '"') + "\n\n", DONE));

        assertThat(instance(chat())).isEqualTo("second");
    }

    @Test
    void shouldCallTheNextInstanceIfTheConnectionBreaksBeforeTheLastEvent() {
        first.enqueue(Reply.stream(TEXT, LAST).closeAfter(1));

        assertThat(instance(chat())).isEqualTo("second");
    }
}
