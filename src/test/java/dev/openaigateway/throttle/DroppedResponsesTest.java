package dev.openaigateway.throttle;

import dev.openaigateway.call.memory.MemoryBudget;
import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static dev.openaigateway.throttle.PricedRequest.PROMPT;
import static org.assertj.core.api.Assertions.assertThat;

/** Responses that the upstream has sent, and bills, but of which the client gets nothing. The memory for all requests is 2,000,000 bytes. */
class DroppedResponsesTest extends OneLimitedInstance {

    private static final String PATH = "/v1/chat/completions";
    private static final String USAGE = ",\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":31,\"total_tokens\":40}";

    @Override
    void prepare(TestGateway.Builder builder) {
        builder.bean("memoryBudget", new MemoryBudget(() -> 2_000_000, null));
    }

    /** The longer one does not fit itself, the shorter one not as a stream. */
    @ParameterizedTest
    @CsvSource({"300000, true, 40, 40", "300000, false, 200, 9", "1500000, true, 40, 40", "1500000, false, 200, 9"})
    void shouldChargeJsonForWhichThereIsNoMemoryAsAStream(int length, boolean reported, long charged, long recorded) {
        upstream.enqueue(Reply.json(200, chat("x".repeat(length), reported ? USAGE : "")));

        try (RawClient client = RawClient.connect(gateway.port()).post(PATH, PricedRequest.stream(200))) {
            assertThat(client.response().status()).isEqualTo(503);
        }

        awaitCharged(charged, recorded);
        assertThat(gateway.get("/admin/requests?limit=1").body()).contains("\"result\":\"dropped\"", "\"instance\":\"first\"");
    }

    @Test
    void shouldKeepTheReservationOfAStreamForWhichThereIsNoMemoryAsJson() {
        upstream.enqueue(Reply.stream("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + "x".repeat(700_000) + "\"}}]}\n\n",
                "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n", "data: [DONE]\n\n"));

        try (RawClient client = RawClient.connect(gateway.port()).post(PATH, PricedRequest.body(200))) {
            assertThat(client.response().status()).isEqualTo(503);
        }

        awaitCharged(200, PROMPT);
    }

    /** Another instance is asked, but there is none. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"more behind its end | {'choices':[{'message':{'content':'Hello'}}]%s}{}", "no choices, for a stream | {'id':'x'%s}"})
    void shouldChargeTheReportedUsageOfAResponseThatCannotBeUsed(String what, String json) {
        upstream.enqueue(Reply.json(200, json.replace('\'', '"').formatted(USAGE)));

        try (RawClient client = RawClient.connect(gateway.port()).post(PATH, what.endsWith("stream") ? PricedRequest.stream(200) : PricedRequest.body(200))) {
            assertThat(client.response().status()).isEqualTo(502);
        }

        awaitCharged(40, 40);
    }

    private static String chat(String text, String more) {
        return "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"" + text + "\"},\"finish_reason\":\"stop\"}]" + more + "}";
    }

    private void awaitCharged(long used, long recorded) {
        awaitCharged(used);
        assertThat(recorded()).as("recorded tokens").isEqualTo(recorded);
    }
}
