package dev.openaigateway.faults;

import dev.openaigateway.support.CapturedLog;
import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpResponse;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Upstreams that quote the key of an instance, their own or another's, in any form that JSON has for it. */
class QuotedKeyTest extends TwoInstances {

    private static final String MASKED = "The request quotes the key: ****.";
    private static final String FAILED = "\"object\":\"response\",\"id\":\"resp_1\",\"status\":\"failed\",\"output\":[],\"error\":{\"code\":\"server_error\",\"message\":\"%s\"}";

    @Override
    String settings() throws Exception {
        return super.settings().replace("key-of-first", "abc+def/ghi=first").replace("key-of-second", "abc+def/ghi=second") + """
                  - { name: off, enabled: false, provider_type: generic, api_base: "%s", headers: { X-Auth: "Token of/header=off" } }
                """.formatted(first.uri());
    }

    /** As PHP, .NET and others write it, and as a proxy does that puts the error of its own upstream into a string. */
    @ParameterizedTest
    @ValueSource(strings = {"abc+def/ghi=first", "abc+def\\/ghi=first", "abc\\u002Bdef/ghi\\u003Dfirst", "abc\\u002bdef\\u002fghi\\u003dfirst",
        "abc+def\\\\\\/ghi=first", "abc\\\\u002Bdef/ghi\\\\u003Dfirst", "abc+def/ghi=second", "abc\\u002Bdef\\/ghi\\u003Dsecond",
        "of/header=off", "of\\/header=off", "abc%2Bdef%2Fghi%3Dfirst", "abc%2bdef/ghi%3dsecond", "of%252Fheader%253Doff"})
    void shouldMaskTheKeyInEveryKindOfError(String written) {
        String error = "{\"error\":{\"message\":\"The request quotes the key: " + written + ".\"}}";
        String shown = error.replace(written, "****");

        first.enqueue(Reply.error(400, error));
        assertThat(chat().body()).isEqualTo(shown);

        first.enqueue(Reply.json(200, error.replaceFirst("\\{\"error\":\\{", "{\"error\":{\"code\":\"content_filter\",")));
        assertThat(chat().body()).contains(MASKED);

        first.enqueue(Reply.error(400, "{\"code\":\"" + written + "\",\"message\":\"The request quotes the key: " + written + ".\"}"));
        assertThat(chat().body()).contains(MASKED).contains("\"code\":\"****\"");

        first.enqueue(Reply.stream(event("Hi"), "data: " + error + "\n\n"));
        assertThat(text(events())).contains("data: " + shown + "\n\n");
    }

    /** Before the first content, after it, and with a request whose text is counted. */
    @ParameterizedTest
    @ValueSource(strings = {"abc+def/ghi=first", "abc+def\\/ghi=second", "abc%2Bdef%2Fghi%3Dfirst"})
    void shouldMaskTheKeyInAGoodEventBesideItsChoices(String written) {
        String beside = "\"choices\":[{\"index\":0,\"delta\":{\"content\":\"abc+def/ghi=first\",\"tool_calls\":[{\"function\":{\"arguments\":\"abc+def/ghi=first\"}}]}}]";
        String event = "data: {" + beside + ",\"warning\":\"The key is " + written + ".\",\"note\": [\"" + written + "\"]}\n\n";
        String stream = event + event("Hi") + event + lastEvent();
        first.enqueue(Reply.stream(event, event("Hi"), event, lastEvent()));

        String masked = event.replace("key is " + written, "key is ****").replace("[\"" + written, "[\"****");
        assertThat(text(events())).isEqualTo(stream.replace(event, masked));
    }

    @Test
    void shouldNotQuoteWhatAnUpstreamSaysOfTheKeyThatItRefuses() {
        first.enqueue(Reply.error(401, "{\"error\":{\"message\":\"Incorrect API key provided: abc+d***irst.\",\"code\":\"invalid_api_key\"}}"));
        second.enqueue(Reply.error(403, "abc+def..."));

        HttpResponse<String> response = chat();

        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.body()).contains("an instance refused the gateway's key").doesNotContain("***irst", "abc");
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc\\u002Bdef\\/ghi=first", "abc+def\\/ghi=second", "abc%2Bdef%2Fghi%3Dfirst"})
    void shouldMaskTheKeyInAResponseThatFailed(String written) {
        String failed = "{" + FAILED.formatted("The request quotes the key: " + written + ".") + "}";

        first.enqueue(Reply.json(200, failed));
        assertThat(gateway.post("/v1/responses", "{\"model\":\"m\",\"input\":\"Hi\"}").body()).isEqualTo(failed.replace(written, "****"));

        first.enqueue(Reply.stream("data: {\"type\":\"response.output_text.delta\",\"delta\":\"Hi\"}\n\n",
                "event: response.failed\ndata: {\"type\":\"response.failed\",\"response\":" + failed + "}\n\n"));
        try (RawClient client = client().post("/v1/responses", "{\"model\":\"m\",\"input\":\"Hi\",\"stream\":true}")) {
            assertThat(text(eventsOf(client))).contains("event: response.failed\ndata: {").contains(MASKED);
        }
    }

    /** Generated text beside the error may name the host. */
    @Test
    void shouldMaskTheKeyInTheErrorOfAResponseThatEndsEarly() {
        String output = "\"output\":[{\"type\":\"message\",\"content\":[{\"type\":\"output_text\",\"text\":\"" + first.uri() + "\"}]}]";
        first.enqueue(Reply.stream("data: {\"type\":\"response.output_text.delta\",\"delta\":\"Hi\"}\n\n",
                "data: {\"type\":\"response.incomplete\",\"response\":{\"status\":\"incomplete\"," + output
                        + ",\"error\":{\"message\":\"The request quotes the key: abc+def/ghi=first.\"}}}\n\n"));

        try (RawClient client = client().post("/v1/responses", "{\"model\":\"m\",\"input\":\"Hi\",\"stream\":true}")) {
            assertThat(text(eventsOf(client))).contains(output, MASKED).doesNotContain("ghi");
        }
    }

    @Test
    void shouldMaskTheKeyInTheLogAndAtTheAdminPages() {
        String error = "{\"error\":{\"message\":\"The request quotes the key: %s.\"}}";
        try (CapturedLog log = new CapturedLog()) {
            first.enqueue(Reply.error(500, error.formatted("abc\\u002Bdef\\/ghi=first")).header("x-request-id", "id-abc+def/ghi=second"));
            second.enqueue(Reply.error(500, error.formatted("{\\\"key\\\":\\\"abc+def\\\\/ghi=first\\\"}")).header("x-request-id", "id-abc+def/ghi=second"));

            HttpResponse<String> response = chat();

            assertThat(response.statusCode()).isEqualTo(500);
            assertThat(response.body()).contains(MASKED).doesNotContain("ghi");
            assertThat(log.accessLine(response)).contains("upstream_request_id=id-****");
            assertThat(log.linesWith("ghi")).isEmpty();
            Eventually.holds("the request is recorded", () -> gateway.get("/admin/requests", ADMIN).body().contains(MASKED.substring(0, 20)));
            assertThat(gateway.get("/admin/requests", ADMIN).body()).doesNotContain("ghi");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc+def/ghi=first", "abc+def/ghi=second"})
    void shouldMaskTheKeyInTheHeadersOfEachKindOfResponse(String key) {
        for (Reply reply : List.of(
                Reply.chat("Hi").header("openai-debug", "key=" + key + "; ok").header("apim-request-id", key),
                Reply.error(400, "bad", "No.").header("openai-debug", "key=" + key + "; ok").header("apim-request-id", key),
                Reply.chatStream("Hi").header("openai-debug", "key=" + key + "; ok").header("apim-request-id", key))) {
            first.enqueue(reply);

            HttpResponse<String> response = gateway.post(CHAT, streamBody(""));

            assertThat(response.headers().firstValue("openai-debug")).hasValue("key=****; ok");
            assertThat(response.headers().firstValue("x-upstream-request-id")).hasValue("****");
            assertThat(response.headers().map().toString()).doesNotContain("ghi");
        }
        first.enqueue(Reply.body(200, "audio/mpeg; key=" + key, new byte[] {1, 2, 3}));
        assertThat(gateway.post("/v1/audio/speech", "{\"model\":\"m\",\"input\":\"Hi\"}").headers().firstValue("content-type")).hasValue("audio/mpeg; key=****");
    }
}
