package dev.openaigateway.faults;

import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.RawResponse;
import dev.openaigateway.support.Reply;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What an attempt has announced before it failed has no consequences. */
class FailedAnnouncementTest extends TwoInstances {

    private static final String CREATED = "event: response.created\ndata: {\"type\":\"response.created\",\"response\":{\"id\":\"resp_A\",\"status\":\"in_progress\"}}\n\n";
    private static final String DELTA = "event: response.output_text.delta\ndata: {\"type\":\"response.output_text.delta\",\"delta\":\"Hi\"}\n\n";
    private static final String COMPLETED =
            "event: response.completed\ndata: {\"type\":\"response.completed\",\"response\":{\"id\":\"resp_B\",\"status\":\"completed\",\"output\":[]}}\n\n";

    @Test
    void shouldGoOnWhereTheLastTurnWasServed() {
        first.enqueue(Reply.stream(CREATED).resetAfter(1));
        second.enqueue(Reply.stream(CREATED.replace("resp_A", "resp_B"), DELTA, COMPLETED));
        assertThat(continued("resp_OLD").text()).contains("resp_B").doesNotContain("resp_A");
        second.respond(Reply.stream(CREATED.replace("resp_A", "resp_C"), DELTA, COMPLETED));
        int asked = requestsToFirst();

        assertThat(continued("resp_OLD").text()).contains("resp_C");
        assertThat(requestsToFirst()).as("not asked again").isEqualTo(asked);
    }

    @Test
    void shouldNotKnowAResponseThatWasOnlyAnnounced() {
        first.enqueue(Reply.stream(CREATED.replace("resp_A", "resp_D")).resetAfter(1));
        second.respond(Reply.stream(CREATED.replace("resp_A", "resp_E"), DELTA, COMPLETED));
        continued("resp_OTHER");
        first.enqueue(Reply.error(500, "server_error", "x"));

        assertThat(continued("resp_D").text()).as("the second instance is asked too").contains("resp_E");
    }

    @Test
    void shouldNotCountTheUsageOfAStreamWithoutContent() {
        first.enqueue(Reply.stream("data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"choices\":[],"
                + "\"usage\":{\"prompt_tokens\":5000,\"completion_tokens\":1,\"total_tokens\":5001}}\n\n", "data: {\"error\":{\"message\":\"x\",\"code\":500}}\n\n"));
        second.enqueue(Reply.stream("data: {\"id\":\"c2\",\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"},"
                + "\"finish_reason\":\"stop\"}]}\n\n", "data: [DONE]\n\n"));

        assertThat(events()).isNotEmpty();

        assertThat(gateway.get("/admin/requests?limit=1", ADMIN).body()).contains("\"instance\":\"second\"").doesNotContain("5000");
    }

    @Test
    void shouldCountTheUsageThatCameBeforeTheContent() {
        first.enqueue(Reply.stream("data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"choices\":[],"
                + "\"usage\":{\"prompt_tokens\":4000,\"completion_tokens\":1,\"total_tokens\":4001}}\n\n", "data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\","
                + "\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"},\"finish_reason\":\"stop\"}]}\n\n", "data: [DONE]\n\n"));

        assertThat(events()).isNotEmpty();

        Eventually.holds("the usage is recorded", () -> gateway.get("/admin/requests?limit=1", ADMIN).body().contains("\"prompt_tokens\":4000"));
    }

    private RawResponse continued(String previous) {
        String body = "{\"model\":\"gpt-4o\",\"input\":\"x\",\"stream\":true,\"previous_response_id\":\"" + previous + "\"}";
        try (RawClient client = client().post("/v1/responses", body)) {
            return client.response();
        }
    }
}
