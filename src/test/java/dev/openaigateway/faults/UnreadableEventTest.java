package dev.openaigateway.faults;

import dev.openaigateway.support.Gate;
import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.RawResponse;
import dev.openaigateway.support.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Events before the content that are no JSON object. What follows them decides whether the stream is good. */
class UnreadableEventTest extends TwoInstances {

    private static final String DONE = "data: [DONE]\n\n";
    private static final String PING = "data: [PING]\n\n";
    private static final String ROLE = "data: {\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}\n\n";

    @ParameterizedTest
    @ValueSource(strings = {PING, "data: null\n\n", "data: []\n\n", "event: ping\ndata: ping\n\n", "data: : OPENROUTER PROCESSING\n\n", "data: not json\n\n",
        "data: {\"choices\":[\n\n", PING + ROLE + "data: null\n\n"})
    void shouldPassOnAStreamWhoseFirstEventIsUnreadable(String noise) {
        String whole = noise + event("good") + lastEvent() + DONE;
        first.enqueue(Reply.stream(whole));

        assertPassedOn(whole);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"content\":\"a\"},\"logprobs\":{\"content\":[{\"token\":\"a\",\"logprob\":NaN}]}", "\"content\":\"a\tb\"}"})
    void shouldPassOnEachEventOfAStreamWhoseJsonIsLoose(String members) {
        String loose = "data: {\"choices\":[{\"index\":0,\"delta\":{" + members + "}]}\n\n";
        Gate gate = new Gate();
        first.enqueue(Reply.stream(loose, loose, lastEvent(), DONE).gated(gate));

        try (RawClient client = streaming()) {
            gate.release();
            assertThat(client.head().header("x-gateway-instance")).isEqualTo("first");
            assertThat(client.event().raw()).isEqualTo(loose);
            gate.open();
            assertThat(client.response().text()).isEqualTo(loose + lastEvent() + DONE);
        }
    }

    @Test
    void shouldPassOnWhatIsUnreadableBeforeAnEventThatIsTooLongToBeHeld() {
        String whole = PING + event("x".repeat(1_500_000)) + lastEvent() + DONE;
        first.enqueue(Reply.stream(whole).inPieces(50_000));

        assertPassedOn(whole);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", DONE, PING + DONE, ROLE, "data: <html>\n\n", "data: {\"error\":{\"message\":\"overloaded\"}}\n\n"})
    void shouldCallTheNextInstanceWhenNoContentFollows(String rest) {
        first.enqueue(Reply.stream(PING + rest));
        second.enqueue(Reply.stream(event("good"), lastEvent()));

        assertThat(text(events())).isEqualTo(event("good") + lastEvent());
        assertThat(requestsToFirst()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>\n\n<body>Sign in</body></html>", "Bad gateway\n\n", "{\"error\":{\"message\":\"overloaded\"}}"})
    void shouldCallTheNextInstanceWhenAnotherDocumentIsSentAsAStream(String document) {
        first.enqueue(Reply.body(200, "text/event-stream", document.getBytes()));
        second.enqueue(Reply.stream(event("good"), lastEvent()));

        assertThat(text(events())).endsWith(event("good") + lastEvent());
        assertThat(requestsToSecond()).isEqualTo(1);
    }

    @Test
    void shouldReportAMalformedStreamWhenNoInstanceSendsContent() {
        first.enqueue(Reply.stream(PING));
        second.enqueue(Reply.stream(PING, DONE));

        try (RawClient client = streaming()) {
            RawResponse response = client.response();
            assertThat(response.status()).isEqualTo(502);
            assertThat(response.text()).contains("the stream ended without content");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 700_000})
    void shouldCallTheNextInstanceWhenTooMuchIsUnreadable(int size) {
        List<String> noise = new ArrayList<>(Collections.nCopies(Math.max(3, 50_000 / size), "data: " + "x".repeat(size) + "\n\n"));
        noise.add(event("late"));
        noise.add(lastEvent());
        first.enqueue(Reply.stream(String.join("", noise)).inPieces(50_000));
        second.enqueue(Reply.stream(event("good"), lastEvent()));

        assertThat(text(events())).isEqualTo(event("good") + lastEvent());
    }

    /** The first instance announced the response only behind what was held, so the client does not know it. */
    @Test
    void shouldAnnounceAResponseOfTheNextInstanceWhenTheAnnouncementWasHeld() {
        String created = "data: {\"type\":\"response.created\"}\n\n";
        String rest = "data: {\"type\":\"response.output_text.delta\",\"delta\":\"a\"}\n\ndata: {\"type\":\"response.completed\"}\n\n";
        first.enqueue(Reply.stream(PING + created), Reply.stream(PING + created + rest));
        second.enqueue(Reply.stream(created + rest));

        assertThat(responses()).isEqualTo(created + rest);
        clock.advance(Duration.ofHours(1));
        assertThat(responses()).isEqualTo(PING + created + rest);
    }

    private String responses() {
        try (RawClient client = client().post("/v1/responses", "{\"model\":\"gpt-4o\",\"stream\":true,\"input\":\"Hello!\"}")) {
            return client.response().text();
        }
    }

    private void assertPassedOn(String whole) {
        try (RawClient client = streaming()) {
            RawResponse response = client.response();
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.header("x-gateway-instance")).isEqualTo("first");
            assertThat(response.header("x-gateway-attempts")).isEqualTo("1");
            assertThat(response.text().equals(whole)).as("the client got all events in order").isTrue();
        }
        assertThat(requestsToSecond()).isZero();
    }
}
