package dev.openaigateway.faults;

import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.HttpReply;
import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.RecordedRequest;
import dev.openaigateway.support.Reply;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * An upstream that sends more bytes than the response to a request. Each client's message is a unique identifier, which the
 * upstream's response repeats; a response with a different identifier belongs to another client.
 */
class LeftoverBytesTest extends TwoInstances {

    private static final Pattern IDENTIFIER = Pattern.compile("client-\\d+");
    private static final String LEAKED = whole("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n", chatOf("client-0"));
    private static final String STRAY_TIMEOUT = "HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    private int clients;

    @BeforeEach
    void repeatIdentifiers() {
        first.respond(request -> respond(request));
        second.respond(request -> respond(request));
    }

    static Stream<Arguments> ends() {
        String ok = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
        String stream = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n";
        String events = event("a") + lastEvent() + "data: [DONE]\n\n";
        String chat = chatOf("whole");
        String error = "{\"error\":{\"message\":\"no\"}}";
        return Stream.of(
                arguments("Content-Length", Reply.raw(whole(ok, chat))),
                arguments("Content-Length, large", Reply.raw(whole(ok, chatOf("x".repeat(2_000_000))))),
                arguments("Content-Length: 0", Reply.raw(whole(ok, ""))),
                arguments("last chunk", Reply.raw(chunked(ok, chat, ""))),
                arguments("trailers", Reply.raw(chunked(ok, chat, "X-Checksum: 1\r\n"))),
                arguments("compressed", Reply.chat("whole").gzip()),
                arguments("compressed, chunked", Reply.chat("whole").gzip().chunked(20)),
                arguments("204", Reply.raw("HTTP/1.1 204 No Content\r\n\r\n")),
                arguments("304", Reply.raw("HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n")),
                arguments("400", Reply.raw(whole("HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\n", error))),
                arguments("500", Reply.raw(chunked("HTTP/1.1 500 Broken\r\nContent-Type: application/json\r\n", error, ""))),
                arguments("103, then 200", Reply.raw("HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\n" + whole(ok, chat))),
                arguments("[DONE], Content-Length", Reply.raw(whole(stream, events))),
                arguments("[DONE], last chunk", Reply.raw(chunked(stream, events, ""))),
                arguments("[DONE], last chunk of its own", (Reply) (line, request) -> {
                    line.write(stream + "Transfer-Encoding: chunked\r\n\r\n").chunk(events.getBytes()).flush();
                    line.lastChunk();
                }));
    }

    @ParameterizedTest
    @MethodSource("ends")
    void shouldCloseAConnectionWithAnotherResponseAfterTheEnd(String end, Reply reply) {
        first.enqueue(followedBy(reply, LEAKED));

        assertThat(send(nextClient()).body()).doesNotContain("client-0");

        assertOwnResponses(3);
    }

    @ParameterizedTest
    @MethodSource("ends")
    void shouldReuseAConnectionWithNothingAfterTheEnd(String end, Reply reply) {
        assertOwnResponses(1);
        long before = first.connections();
        first.enqueue(reply);

        send(nextClient());
        assertOwnResponses(2);

        assertThat(first.connections()).isEqualTo(before);
    }

    /** The last value is not a response, and it is not skipped before the next response either. */
    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 100 Continue\r\n\r\n", "\r\n", "H"})
    void shouldCloseAConnectionWithFewBytesAfterTheEnd(String surplus) {
        assertOwnResponses(1);
        long before = first.connections();
        first.enqueue(followedBy(Reply.chat("whole"), surplus));

        send(nextClient());
        assertOwnResponses(3);

        assertThat(first.connections()).isEqualTo(before + 1);
        assertThat(requestsToSecond()).isZero();
    }

    @Test
    void shouldCloseAConnectionWhoseUpstreamRespondsWhileItIsIdle() throws Exception {
        assertClosedAfter(LEAKED, false);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldCloseAConnectionWhoseUpstreamTimesOutWhileItIsIdle(boolean closes) throws Exception {
        assertClosedAfter(STRAY_TIMEOUT, closes);
    }

    /** The upstream closes the connection without a response, shortly after the connection was used. */
    @Test
    void shouldResendARequestThatMetAClosedConnection() throws Exception {
        assertClosedAfter("", true);
    }

    @Test
    void shouldGiveEachOfManyClientsItsOwnResponseWhenEachIsSentTwice() {
        first.respond(request -> followedBy(respond(request), respond(request)));

        List<CompletableFuture<Boolean>> responses = IntStream.range(0, 60).mapToObj(i -> nextClient())
                .map(client -> CompletableFuture.supplyAsync(() -> send(client).body().contains("\"" + client + "\""))).toList();

        assertThat(responses).allMatch(CompletableFuture::join);
        assertThat(requestsToSecond()).isZero();
    }

    @Test
    void shouldGiveEachStreamItsOwnEventsWhenEachIsSentTwice() {
        first.respond(request -> followedBy(Reply.chatStream(identifier(request)), Reply.chatStream(identifier(request))));

        for (int i = 0; i < 6; i++) {
            String client = nextClient();
            try (RawClient raw = client().post(CHAT, body(client).replace("{\"model\"", "{\"stream\":true,\"model\""))) {
                assertThat(text(eventsOf(raw))).contains(client).endsWith("data: [DONE]\n\n");
            }
        }
    }

    @Test
    void shouldNotReuseTheConnectionOfAClientThatLeft() throws Exception {
        CountDownLatch gone = new CountDownLatch(1);
        int before = first.aborts().size();
        first.enqueue((line, request) -> {
            line.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n")
                    .chunk(event("a").getBytes()).flush();
            gone.await();
            line.chunk(lastEvent().getBytes()).lastChunk().write(LEAKED);
        });

        try (RawClient leaving = streaming()) {
            leaving.head();
            leaving.event();
            leaving.abort();
        }
        first.awaitAborted(before + 1);
        gone.countDown();

        assertOwnResponses(3);
    }

    private void assertClosedAfter(String surplus, boolean closes) throws Exception {
        CountDownLatch sentWhole = new CountDownLatch(1);
        CountDownLatch responded = new CountDownLatch(1);
        first.enqueue((line, request) -> {
            respond(request).writeTo(line, request);
            line.flush();
            sentWhole.countDown();
            responded.await();
            line.write(surplus);
            if (closes) {
                line.close();
            }
        });
        assertOwnResponses(1);
        sentWhole.await();
        long connections = first.connections();
        long sent = first.bytesSent();
        int open = first.openConnections();
        responded.countDown();
        Eventually.holds("the surplus is sent", () -> first.bytesSent() == sent + surplus.length()
                && (!closes || first.openConnections() < open));
        assertOwnResponses(3);

        assertThat(first.connections()).isEqualTo(connections + 1);
        assertThat(requestsToSecond()).isZero();
    }

    private void assertOwnResponses(int count) {
        for (int i = 0; i < count; i++) {
            String client = nextClient();
            HttpResponse<String> response = send(client);
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).contains("\"" + client + "\"");
        }
    }

    private String nextClient() {
        return "client-" + ++clients;
    }

    private HttpResponse<String> send(String client) {
        return gateway.post(CHAT, body(client));
    }

    private static String body(String client) {
        return "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"" + client + "\"}]}";
    }

    private static HttpReply respond(RecordedRequest request) {
        return Reply.chat(identifier(request));
    }

    private static String identifier(RecordedRequest request) {
        Matcher found = IDENTIFIER.matcher(request.text());
        return found.find() ? found.group() : "none";
    }

    private static String chatOf(String text) {
        return "{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"" + text + "\"}}]}";
    }

    private static Reply followedBy(Reply reply, String surplus) {
        return followedBy(reply, Reply.raw(surplus));
    }

    private static Reply followedBy(Reply reply, Reply surplus) {
        return (line, request) -> {
            reply.writeTo(line, request);
            surplus.writeTo(line, request);
        };
    }

    private static String whole(String head, String body) {
        return head + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private static String chunked(String head, String body, String trailers) {
        return head + "Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\n" + trailers + "\r\n";
    }
}
