package dev.openaigateway.faults;

import dev.openaigateway.support.CapturedLog;
import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.RawResponse;
import dev.openaigateway.support.Reply;
import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;

import static org.assertj.core.api.Assertions.assertThat;

/** Responses larger than a megabyte, which are passed on while they are read. */
class LargeResponseTest extends TwoInstances {

    private static final String LONG_TEXT = "x".repeat(3_000_000);

    @Override
    String moreSettings() {
        return "admin: { token: secret-token }";
    }

    @Test
    void shouldPassOnALargeResponseByteForByteAndCountItsUsage() {
        first.enqueue(Reply.chat(LONG_TEXT, 4321, 1234).chunked(10_000));

        HttpResponse<String> response = chat();

        assertThat(response.body()).hasSizeGreaterThan(3_000_000).contains("\"prompt_tokens\":4321").endsWith("}");
        assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
        assertThat(instance(response)).isEqualTo("first");
        Eventually.holds("the usage is counted", () -> gateway.get("/stats", ADMIN).body().contains("5555"));
    }

    @Test
    void shouldCloseTheConnectionWhenALargeResponseIsCut() {
        first.enqueue(Reply.chat(LONG_TEXT).closeAfter(2_000_000));

        try (CapturedLog log = new CapturedLog(); RawClient client = client().post(CHAT, "{\"model\":\"gpt-4o\"}")) {
            RawResponse response = client.response();
            assertThat(response.complete()).isFalse();
            Eventually.holds("the record says how it ended", () -> !log.linesWith(" status=200 error=upstream_broken ").isEmpty());
        }
        assertThat(requestsToSecond()).isZero();
    }

    @Test
    void shouldCallTheNextInstanceWhenALargeResponseIsCutEarly() {
        first.enqueue(Reply.chat(LONG_TEXT).closeAfter(500_000));

        assertThat(instance(chat())).isEqualTo("second");
    }
}
