package dev.openaigateway.faults;

import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.RawResponse;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.SseEvent;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.TestClock;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One gateway for all tests of a class, in front of two scripted instances: {@code first} is always asked before
 * {@code second}. The gateway's clock stands still; each test begins an hour after the one before, so that no instance
 * is benched any more.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class TwoInstances {

    static final String CHAT = "/v1/chat/completions";

    final ScriptedUpstream first = ScriptedUpstream.start();
    final ScriptedUpstream second = ScriptedUpstream.start();
    final TestClock clock = new TestClock();
    TestGateway gateway;
    private int firstBefore;
    private int secondBefore;

    /** The settings; the breakers are out of the way. */
    String settings() throws Exception {
        return """
                breaker: { minimum_calls: 10000, window: 10000 }
                %s
                instances:
                  - { name: first, provider_type: generic, api_key: key-of-first, api_base: "%s", priority: 1, timeout: 1 }
                  - { name: second, provider_type: generic, api_key: key-of-second, api_base: "%s", priority: 2, timeout: 1 }
                """.formatted(moreSettings(), first.uri(), second.uri());
    }

    String moreSettings() {
        return "";
    }

    @BeforeAll
    void startGateway() throws Exception {
        gateway = TestGateway.builder().clock(clock).settings(settings()).start();
    }

    @AfterAll
    void stopGateway() {
        gateway.close();
        first.close();
        second.close();
    }

    @BeforeEach
    void newHour() {
        clock.advance(Duration.ofHours(1));
        first.answer(Reply.chat("from first"));
        second.answer(Reply.chat("from second"));
        firstBefore = first.requests().size();
        secondBefore = second.requests().size();
    }

    /** Requests that the first instance got in this test. */
    int askedFirst() {
        return first.requests().size() - firstBefore;
    }

    int askedSecond() {
        return second.requests().size() - secondBefore;
    }

    HttpResponse<String> chat() {
        return gateway.chat("gpt-4o");
    }

    RawClient client() {
        return RawClient.connect(gateway.port());
    }

    /** A client that has asked for a stream. */
    RawClient streaming() {
        return client().post(CHAT, streamBody(""));
    }

    static String streamBody(String more) {
        return "{\"model\":\"gpt-4o\",\"stream\":true," + more + "\"messages\":[{\"role\":\"user\",\"content\":\"Hello!\"}]}";
    }

    /** All events of one streamed answer. */
    List<SseEvent> events() {
        try (RawClient client = streaming()) {
            return eventsOf(client);
        }
    }

    static List<SseEvent> eventsOf(RawClient client) {
        client.head();
        List<SseEvent> events = new ArrayList<>();
        for (SseEvent event = client.event(); event != null; event = client.event()) {
            events.add(event);
        }
        return events;
    }

    RawResponse raw(String request) {
        try (RawClient client = client().send(request)) {
            return client.response();
        }
    }

    static String instance(HttpResponse<String> answer) {
        return answer.headers().firstValue("x-gateway-instance").orElse("none");
    }

    static String text(List<SseEvent> events) {
        StringBuilder text = new StringBuilder();
        events.forEach(event -> text.append(event.raw()));
        return text.toString();
    }

    static String event(String content) {
        return "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + content + "\"},\"finish_reason\":null}]}\n\n";
    }

    static String lastEvent() {
        return "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
    }
}
