package dev.openaigateway.faults;

import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.StreamReply;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Upstreams that think for longer than their timeouts. The instance has a second for the first content, and 6 seconds after it. */
@GatewayTest
class SignsOfLifeTest {

    private static final ScriptedUpstream UPSTREAM = ScriptedUpstream.start();
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        gateway = TestGateway.start("""
                routing: { retries: 0 }
                instances:
                  - { name: a, provider_type: generic, api_base: "%s", supported_models: [quick, slow],
                      first_token_timeout: 1, idle_timeout: 6, model_timeouts: { slow: { first_token_timeout: 30 } },
                      targets: { quick: { embeddings: { first_token_timeout: 30 } } } }
                  - { name: b, provider_type: generic, api_base: "%s", supported_models: [silent], idle_timeout: 1 }
                """.formatted(UPSTREAM.uri(), UPSTREAM.uri()));
    }

    @AfterAll
    static void stop() {
        gateway.close();
        UPSTREAM.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", ": keep-alive\n\n", "event: ping\ndata: {\"type\":\"ping\"}\n\n"})
    void shouldWaitWhileTheUpstreamShowsSignsOfLife(String sign) {
        List<String> events = new ArrayList<>(Collections.nCopies(6, sign));
        events.addAll(List.of(TwoInstances.event("late"), TwoInstances.lastEvent(), "data: [DONE]\n\n"));
        UPSTREAM.enqueue(Reply.stream(events).every(Duration.ofMillis(200)));

        HttpResponse<String> response = stream("quick");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("late", "[DONE]").doesNotContain("error");
    }

    @Test
    void shouldGiveUpAfterSilenceBeforeTheFirstContent() {
        UPSTREAM.enqueue(Reply.stream(": hello\n\n").stallAfter(1));

        assertThat(stream("quick").body()).contains("upstream_timeout");
    }

    @Test
    void shouldHaveAnotherTimeAfterTheFirstContent() {
        StreamReply silentInTheMiddle = Reply.stream(TwoInstances.event("one"), TwoInstances.event("two"), TwoInstances.lastEvent(), "data: [DONE]\n\n");
        UPSTREAM.enqueue(silentInTheMiddle.every(Duration.ofMillis(1500)));

        assertThat(stream("slow").body()).contains("two", "[DONE]").doesNotContain("error");
    }

    @Test
    @Timeout(20)
    void shouldGiveUpAfterSilenceInTheMiddle() {
        UPSTREAM.enqueue(Reply.stream(TwoInstances.event("one"), TwoInstances.event("two")).stallAfter(1));

        assertThat(stream("silent").body()).contains("one", "upstream_stream_error").doesNotContain("two");
    }

    @Test
    void shouldHaveTheTimeOfTheModelAndOfTheTarget() {
        UPSTREAM.enqueue(Reply.chat("late").after(Duration.ofMillis(1500)), Reply.embedding(0.5).after(Duration.ofMillis(1500)));

        assertThat(gateway.chat("slow").statusCode()).isEqualTo(200);
        assertThat(gateway.post("/v1/embeddings", "{\"model\":\"quick\",\"input\":\"a\"}").statusCode()).isEqualTo(200);
    }

    private static HttpResponse<String> stream(String model) {
        return gateway.post("/v1/chat/completions", TestGateway.chatBody(model).replaceFirst("\\{", "{\"stream\":true,"));
    }
}
