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
    private static final String OWN_ERROR = "data: {\"code\":500,\"msg\":\"x\"}\n\n";
    private static final String ROLE = "data: {\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}\n\n";

    @ParameterizedTest
    @ValueSource(strings = {PING, "data: null\n\n", "data: []\n\n", "event: ping\ndata: ping\n\n", "data: : OPENROUTER PROCESSING\n\n", "data: not json\n\n",
        "data: {\"choices\":[\n\n", OWN_ERROR, PING + ROLE + "data: null\n\n"})
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
    @ValueSource(strings = {"", DONE, PING + DONE, OWN_ERROR + DONE, ROLE, "data: <html>\n\n", "data: {\"error\":{\"message\":\"overloaded\"}}\n\n"})
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

    @ParameterizedTest
    @ValueSource(strings = {OWN_ERROR, "data: {\"detail\":\"x\"}\n\n", "data: {\"status\":\"error\",\"message\":\"x\"}\n\n"})
    void shouldNotPassOnAnErrorOfAnotherFormBeforeTheNextInstanceIsCalled(String error) {
        first.enqueue(Reply.stream(error, DONE));
        second.enqueue(Reply.stream(event("good"), lastEvent()));

        assertThat(text(events())).isEqualTo(event("good") + lastEvent());
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

    /** The client continues the response that was announced, so it must be the one that it gets. */
    @ParameterizedTest
    @ValueSource(strings = {"", "data: {\"type\":\"response.in_progress\",\"response\":{\"id\":\"resp_A\"}}\n\n"})
    void shouldAnnounceOnlyTheResponseOfTheInstanceThatSendsIt(String progress) {
        String other = "data: {\"type\":\"response.created\",\"response\":{\"id\":\"resp_A\"}}\n\n" + progress;
        String whole = other.replace("resp_A", "resp_B") + "data: {\"type\":\"response.output_text.delta\",\"delta\":\"a\"}\n\n"
                + "data: {\"type\":\"response.completed\",\"response\":{\"id\":\"resp_B\"}}\n\n";
        first.enqueue(Reply.stream(other, "").resetAfter(1));
        second.enqueue(Reply.stream(whole));

        assertThat(responses()).isEqualTo(whole);
        assertThat(requestsToFirst()).isEqualTo(1);
    }

    /** An instance repeats long instructions in each of these events. */
    @Test
    void shouldPassOnAnAnnouncementThatIsTooLongToBeHeld() {
        String created = "data: {\"type\":\"response.created\",\"response\":{\"instructions\":\"" + "x".repeat(700_000) + "\"}}\n\n";
        String whole = created + created.replace("created", "in_progress") + "data: {\"type\":\"response.completed\"}\n\n";
        first.enqueue(Reply.stream(whole).inPieces(50_000));

        assertThat(responses().equals(whole)).isTrue();
        assertThat(requestsToSecond()).isZero();
    }

    /** What the first instance announced is dropped with what was held. */
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
