package dev.openaigateway.relay;

import dev.openaigateway.support.CapturedLog;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.HttpReply;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.StreamReply;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;

/** Which of an upstream's headers reach the client, for each kind of response. */
@GatewayTest
class RelayedHeadersTest {

    private static final Map<String, String> RELAYED = new TreeMap<>(Map.of("openai-processing-ms", "12", "apim-request-id", "apim-1",
            "x-ratelimit-remaining-tokens", "99", "x-ratelimit-reset-tokens", "1s", "openai-organization", "org-1", "x-codex-primary-used-percent", "7",
            "azureml-model-session", "d1", "x-models-etag", "e", "request-id", "r-2"));
    private static final Map<String, String> HIDDEN = Map.of("server", "nginx", "set-cookie", "a=b", "x-powered-by", "php", "openai-project", "hidden",
            "x-internal-host", "10.0.0.1");
    private static final ScriptedUpstream UPSTREAM = ScriptedUpstream.start();
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        gateway = TestGateway.start("""
                clients: { keys: [ { name: free, key: k-free }, { name: limited, key: k-limited, tpm: 100000 } ] }
                instances: [ { name: a, provider_type: generic, api_base: "%s", drop_headers: [openai-project] } ]
                """.formatted(UPSTREAM.uri()));
    }

    @AfterAll
    static void stop() {
        gateway.close();
        UPSTREAM.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"whole", "large", "stream", "error", "unknown model", "unknown response"})
    void shouldRelayTheSameHeadersOfEachKindOfResponse(String kind) {
        UPSTREAM.enqueue(reply(kind));

        HttpHeaders headers = response(kind, "k-free").headers();

        RELAYED.forEach((name, value) -> assertThat(headers.allValues(name)).as(name).containsExactly(value));
        HIDDEN.keySet().forEach(name -> assertThat(headers.firstValue(name)).as(name).isEmpty());
        assertThat(headers.allValues("x-upstream-request-id")).containsExactly("req_up");
        assertThat(headers.allValues("x-request-id")).hasSize(1).doesNotContain("req_up");
    }

    @ParameterizedTest
    @ValueSource(strings = {"whole", "large", "stream"})
    void shouldShowTheLimitOfTheKeyInPlaceOfTheUpstreams(String kind) {
        UPSTREAM.enqueue(reply(kind));

        HttpHeaders headers = response(kind, "k-limited").headers();

        assertThat(headers.allValues("x-ratelimit-limit-tokens")).containsExactly("100000");
        assertThat(headers.allValues("x-ratelimit-remaining-tokens")).hasSize(1).doesNotContain("99");
        assertThat(headers.allValues("x-ratelimit-reset-tokens")).doesNotContain("1s");
    }

    @Test
    void shouldNameTheUpstreamsRequestInTheLogAndInErrorsOfTheGateway() {
        try (CapturedLog log = new CapturedLog()) {
            UPSTREAM.enqueue(Reply.error(500, "{}").header("x-request-id", "req_500").header("openai-processing-ms", "3"));

            HttpResponse<String> response = response("whole", "k-free");

            HttpHeaders headers = response.headers();
            assertThat(headers.firstValue("x-upstream-request-id")).hasValue("req_500");
            assertThat(headers.firstValue("openai-processing-ms")).hasValue("3");
            assertThat(log.accessLine(response)).contains(" upstream_request_id=req_500");
        }
    }

    private static HttpResponse<String> response(String kind, String key) {
        if (kind.equals("unknown response")) {
            return gateway.get("/v1/responses/resp_1", "api-key", key);
        }
        String body = TestGateway.chatBody("m");
        return gateway.post("/v1/chat/completions", kind.equals("stream") ? body.replaceFirst("\\{", "{\"stream\":true,") : body, "api-key", key);
    }

    private static Reply reply(String kind) {
        if (kind.equals("stream")) {
            StreamReply stream = Reply.chatStream("Hi");
            RELAYED.forEach(stream::header);
            HIDDEN.forEach(stream::header);
            return stream.header("x-request-id", "req_up");
        }
        HttpReply whole = kind.equals("error") ? Reply.error(400, "bad", "No.") : kind.startsWith("unknown") ? Reply.error(404, "none", "No.") : Reply.chat(kind.equals("large") ? "x".repeat(2_000_000) : "Hi");
        for (Map<String, String> headers : List.of(RELAYED, HIDDEN)) {
            for (Map.Entry<String, String> header : headers.entrySet()) {
                whole = whole.header(header.getKey(), header.getValue());
            }
        }
        return whole.header("x-request-id", "req_up");
    }
}
