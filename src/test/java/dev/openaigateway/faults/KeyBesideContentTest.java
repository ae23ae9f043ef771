package dev.openaigateway.faults;

import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.Reply;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Good responses in which an upstream quotes its key where no generated content is. */
class KeyBesideContentTest extends TwoInstances {

    private static final String KEY = "abc+def/ghi=first";
    private static final String DONE = "data: [DONE]\n\n";

    @Override
    String settings() throws Exception {
        return super.settings().replace("key-of-first", KEY);
    }

    /** Before the content, with it, behind its data, and with the end. */
    @ParameterizedTest
    @ValueSource(strings = {"id: KEY\n%s", "event: KEY\n%s", "retry: KEY\n%s", ": KEY\n%s", "KEY\n%s", "id:KEY\nevent: x\n: KEY\n%s", "%s\nid: KEY", "%s\n: KEY\nretry: KEY"})
    void shouldMaskTheLinesOfAnEventThatAreNoData(String form) {
        for (String key : new String[] {KEY, KEY.replace("/", "\\/"), KEY.replace("+", "\\u002B")}) {
            first.enqueue(Reply.stream(stream(form.replace("KEY", key))));

            assertThat(text(events())).isEqualTo(stream(form.replace("KEY", "****")));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"id: KEY\n%s", "%s\nid: KEY", "event: KEY\n%s"})
    void shouldMaskTheLinesOfEventsOfAResponse(String form) {
        String lines = form.replace("KEY", KEY);
        String created = "data: {\"type\":\"response.created\",\"response\":{\"id\":\"resp_1\",\"status\":\"in_progress\"}}\n\n";
        String delta = "data: {\"type\":\"response.output_text.delta\",\"delta\":\"a\\n" + KEY + "\"}\n\n";
        String completed = "data: {\"type\":\"response.completed\",\"response\":{\"id\":\"resp_1\",\"status\":\"completed\",\"output\":[]}}\n\n";
        String stream = lines(lines, created) + lines(lines, delta) + lines(lines, completed) + lines(lines, DONE);
        first.enqueue(Reply.stream(stream));

        try (RawClient client = client().post("/v1/responses", "{\"model\":\"m\",\"input\":\"Hi\",\"stream\":true}")) {
            assertThat(text(eventsOf(client))).isEqualTo(stream.replaceAll("(id|event): \\Q" + KEY + "\\E", "$1: ****"));
        }
    }

    /** Too long to be held. */
    @ParameterizedTest
    @ValueSource(strings = {"id: KEY\n%s", ": KEY\nevent: {KEY}\n%s", "%s\nid: KEY\n: KEY", "%s\n: KEY\nid: {\"KEY\"}"})
    void shouldMaskTheLinesOfALongEvent(String form) {
        String lines = form.replace("KEY", KEY);
        String data = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + KEY + "x".repeat(1_300_000) + "\"}}]}\n\n";
        first.enqueue(Reply.stream(event("Hi") + lines(lines, data) + lastEvent() + DONE).inPieces(100_003));

        String masked = event("Hi") + lines(lines.replace(KEY, "****"), data) + lastEvent() + DONE;
        assertThat(text(events()).equals(masked)).isTrue();
    }

    /** In an event of any length, and in JSON. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "\"delta\":{\"content\":\"KEY\"},\"note\":\"HIDDEN\"|\"x\":1",
        "\"delta\":{\"content\":\"KEY\",\"reasoning_details\":[\"KEY\"]},\"warnings\":[{\"text\":\"HIDDEN\"}]|\"HIDDEN\":1",
        "\"delta\":{\"tool_calls\":[{\"function\":{\"arguments\":\"KEY\"}}]},\"logprobs\":[\"KEY\"]|\"usage\":{\"note\":\"HIDDEN\"}",
        "\"HIDDEN\":0,\"text\":\"KEY\"|\"error\":null,\"x\":{\"y\":[\"HIDDEN\"]}"
    })
    void shouldMaskNamesAndTextsBesideGeneratedContent(String choice, String beside) {
        for (int length : new int[] {1, 1_300_000}) {
            String json = "{\"choices\":[{\"index\":0," + choice + ",\"padding\":\"" + "x".repeat(length) + "\"}]," + beside + "}";
            String quoting = json.replace("KEY", KEY).replace("HIDDEN", KEY);
            String masked = json.replace("KEY", KEY).replace("HIDDEN", "****");

            first.enqueue(Reply.stream("data: " + quoting + "\n\n" + lastEvent() + DONE).inPieces(100_003));
            try (RawClient client = client().post(CHAT, streamBody("\"stream_options\":{\"include_usage\":true},"))) {
                assertThat(text(eventsOf(client)).equals("data: " + masked + "\n\n" + lastEvent() + DONE)).isTrue();
            }

            first.enqueue(Reply.json(200, quoting.replace("\"delta\"", "\"message\"")));
            assertThat(chat().body().equals(masked.replace("\"delta\"", "\"message\""))).isTrue();
        }
    }

    /** In JSON of any length. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "embeddings | {'object':'list','data':[{'embedding':[0.1],'x':'KEY'}],'model':'HIDDEN','note':['HIDDEN'],'padding':'...'}",
        "images/generations | {'note':{'HIDDEN':1},'data':[{'revised_prompt':'KEY','url':'KEY'}],'padding':'...'}",
        "moderations | {'id':'HIDDEN','results':[{'flagged':false,'x':'KEY'}],'padding':'...'}",
        "audio/speech | {'audio':'AAAA...','note':'HIDDEN'}",
        "audio/transcriptions | {'text':'KEY','words':['KEY'],'x':'KEY','padding':'...'}",
        "responses/input_tokens | {'object':'response.input_tokens','input_tokens':1,'note':'HIDDEN','padding':'...'}",
        "responses | {'object':'response','status':'completed','output':[{'content':[{'text':'KEY'}]}],'output_text':'KEY','instructions':'KEY','metadata':{'k':'KEY'},"
            + "'note':'HIDDEN','usage':{'x':'HIDDEN'},'padding':'...'}"})
    void shouldMaskNamesAndTextsBesideResults(String path, String form) {
        for (int length : new int[] {1, 1_300_000}) {
            String json = form.replace('\'', '"').replace("...", "x".repeat(length)).replace("KEY", KEY);
            first.enqueue(Reply.json(200, json.replace("HIDDEN", KEY)));

            String sent = gateway.post("/v1/" + path, "{\"model\":\"gpt-4o\",\"input\":\"Hi\",\"prompt\":\"Hi\"}").body();

            assertThat(sent.equals(json.replace("HIDDEN", "****"))).isTrue();
        }
    }

    private static String stream(String lines) {
        return lines(lines, event("Hi")) + lines(lines, event("curl -H " + KEY)) + lines(lines, lastEvent()) + lines(lines, DONE);
    }

    /** @param lines around the data, which is at %s */
    private static String lines(String lines, String event) {
        return lines.formatted(event.strip()) + "\n\n";
    }
}
