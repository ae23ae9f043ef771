package dev.openaigateway.throttle;

import dev.openaigateway.support.Gate;
import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.Reply;
import org.junit.jupiter.api.Test;

import static dev.openaigateway.throttle.PricedRequest.PROMPT;

/** A response in the background costs what was reserved for it unless its usage is seen, since the upstream goes on without the client. */
class BackgroundResponseLimitsTest extends OneLimitedInstance {

    private static final String PATH = "/v1/responses";
    private static final String WHOLE = "{\"model\":\"gpt-4o\",\"input\":\"Hello!\",\"background\":true,\"max_output_tokens\":400}";
    private static final String STREAM = WHOLE.replaceFirst("\\{", "{\"stream\":true,");
    private static final String CREATED = event("created", "\"response\":{\"id\":\"resp_1\",\"status\":\"queued\",\"usage\":null}");
    private static final String DELTA = event("output_text.delta", "\"item_id\":\"m\",\"delta\":\"Hello\"");
    private static final String COMPLETED = event("completed", "\"response\":{\"id\":\"resp_1\",\"object\":\"response\",\"status\":\"completed\","
            + "\"output\":[],\"usage\":{\"input_tokens\":9,\"output_tokens\":31,\"total_tokens\":40}}");

    @Test
    void shouldKeepTheReservationWhenTheClientLeavesTheStream() {
        Gate gate = new Gate();
        upstream.enqueue(Reply.stream(CREATED, DELTA, COMPLETED).gated(gate));
        RawClient client = RawClient.connect(gateway.port()).post(PATH, STREAM);
        gate.release(1);
        client.head();
        client.event();

        client.abort();

        awaitCharged(PROMPT + 400);
        gate.open();
        upstream.enqueue(Reply.stream(DELTA, COMPLETED));
        gateway.get(PATH + "/resp_1?stream=true&starting_after=1");
        awaitCharged(PROMPT + 400);
    }

    @Test
    void shouldKeepTheReservationOfAStreamThatBreaks() {
        upstream.enqueue(Reply.stream(CREATED, DELTA, COMPLETED).closeAfter(2));
        try (RawClient client = RawClient.connect(gateway.port())) {
            client.post(PATH, STREAM).head();

            awaitCharged(PROMPT + 400);
        }
    }

    @Test
    void shouldKeepTheReservationWhenTheClientLeavesBeforeTheResponse() {
        upstream.enqueue(Reply.stall());
        int seen = upstream.requests().size();
        RawClient client = RawClient.connect(gateway.port()).post(PATH, WHOLE);
        upstream.awaitRequests(seen + 1);

        client.abort();

        awaitCharged(PROMPT + 400);
    }

    @Test
    void shouldChargeTheUsageOfAStreamThatEnds() {
        upstream.enqueue(Reply.stream(CREATED, DELTA, COMPLETED));

        gateway.post(PATH, STREAM);

        awaitCharged(40);
    }

    private static String event(String type, String members) {
        return "data: {\"type\":\"response." + type + "\"," + members + "}\n\n";
    }
}
