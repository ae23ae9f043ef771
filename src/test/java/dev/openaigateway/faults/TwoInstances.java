package dev.openaigateway.faults;

import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.RawResponse;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.SseEvent;
import dev.openaigateway.support.TestClock;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One gateway for all tests of a class, in front of two scripted instances: {@code first} is always called before
 * {@code second}. The gateway's clock moves only between tests, by an hour, so that no instance is benched when a test
 * begins.
 */
@GatewayTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class TwoInstances {

    static final String CHAT = "/v1/chat/completions";
    static final String[] ADMIN = {"X-Admin-Token", "secret-token"};

    final ScriptedUpstream first = ScriptedUpstream.start();
    final ScriptedUpstream second = ScriptedUpstream.start();
    final TestClock clock = new TestClock();
    TestGateway gateway;
    private int firstBefore;
    private int secondBefore;

    /** The settings. The thresholds of the breakers are too high to be reached. */
    String settings() throws Exception {
        return """
                breaker: { minimum_calls: 10000, window: 10000 }
                %s
                instances:
                  - { name: first, provider_type: generic, api_key: key-of-first, api_base: "%s", priority: 1%s }
                  - { name: second, provider_type: generic, api_key: key-of-second, api_base: "%s", priority: 2%s }
                """.formatted(moreSettings(), first.uri(), ofInstances(), second.uri(), ofInstances());
    }

    String moreSettings() {
        return "";
    }

    /** Further settings of both instances, each preceded by a comma. The timeout stays at the default of a minute. */
    String ofInstances() {
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
    void advanceClockByAnHour() {
        clock.advance(Duration.ofHours(1));
        first.dropQueued();
        second.dropQueued();
        first.respond(Reply.chat("from first"));
        second.respond(Reply.chat("from second"));
        firstBefore = first.requests().size();
        secondBefore = second.requests().size();
    }

    /** However a test's requests ended, each has freed its slot and closed its reservation exactly once. */
    @AfterEach
    void verifyNothingIsOpen() {
        Eventually.holds("no request is in flight", () -> gateway.metric("gateway_requests_in_flight", ADMIN) == 0);
        Eventually.holds("no reservation is open", () -> gateway.metric("gateway_reservations_open", ADMIN) == 0);
        assertThat(gateway.metric("gateway_reservations_closed_twice_total", ADMIN)).isZero();
        assertThat(gateway.get("/admin/instances", ADMIN).body()).contains("\"in_flight\":0").doesNotContainPattern("\"in_flight\":[1-9]");
    }

    /** The number of requests that the first instance received in this test. */
    int requestsToFirst() {
        return first.requests().size() - firstBefore;
    }

    void awaitRequestToFirst(int requests) {
        first.awaitRequests(firstBefore + requests);
    }

    int requestsToSecond() {
        return second.requests().size() - secondBefore;
    }

    HttpResponse<String> chat() {
        return gateway.chat("gpt-4o");
    }

    RawClient client() {
        return RawClient.connect(gateway.port());
    }

    /** A client that has requested a stream. */
    RawClient streaming() {
        return client().post(CHAT, streamBody(""));
    }

    static String streamBody(String more) {
        return "{\"model\":\"gpt-4o\",\"stream\":true," + more + "\"messages\":[{\"role\":\"user\",\"content\":\"Hello!\"}]}";
    }

    /** All events of one streamed response. */
    List<SseEvent> events() {
        try (RawClient client = streaming()) {
            return eventsOf(client);
        }
    }

    /** As {@link #events()}, for a request that differs from those of other seeds: the breaker counts equal ones once. */
    List<SseEvent> events(int seed) {
        try (RawClient client = client().post(CHAT, streamBody("\"seed\":" + seed + ","))) {
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

    static String instance(HttpResponse<String> response) {
        return response.headers().firstValue("x-gateway-instance").orElse("none");
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
