package dev.openaigateway.faults;

import dev.openaigateway.support.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpResponse;

import static org.assertj.core.api.Assertions.assertThat;

/** Errors whose message quotes the prompt, so that their code comes behind more bytes than are held. */
class LongErrorTest extends TwoInstances {

    @Test
    void shouldPassOnTheMembersBehindTheMessage() {
        first.enqueue(Reply.error(400, error("invalid_request_error", "context_length_exceeded")));

        HttpResponse<String> response = chat();

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).startsWith("{\"error\":{\"message\":\"too long: \u00fc\u00fc")
                .endsWith("...\",\"type\":\"invalid_request_error\",\"param\":\"messages\",\"code\":\"context_length_exceeded\"}}");
        assertThat(requestsToSecond()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"400, requests, rate_limit_exceeded", "413, tokens, rate_limit_exceeded", "400, billing, insufficient_quota"})
    void shouldFindWhatTheErrorMeansForTheInstance(int status, String type, String code) {
        first.enqueue(Reply.error(status, error(type, code)));

        assertThat(instance(chat())).isEqualTo("second");
    }

    /** The client chooses the length of what comes before the key. */
    @ParameterizedTest
    @ValueSource(ints = {1, 4, 8, 10, 11, 12, 13, 14})
    void shouldNotCutTheKeyInTwo(int before) {
        String quoted = "Invalid request: " + "x".repeat(16 * 1024);
        first.enqueue(Reply.error(400, "{\"error\":{\"message\":\"" + quoted.substring(0, 16 * 1024 - before) + "key-of-first" + "y".repeat(70_000)
                + "\",\"type\":\"invalid_request_error\",\"code\":null}}"));

        HttpResponse<String> response = chat();

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).doesNotContain("key").containsPattern("xxx[*]*y*[.]{3}\",\"type\"");
    }

    private static String error(String type, String code) {
        return "{\"error\":{\"message\":\"too long: " + "\u00fc".repeat(500_000) + "\",\"type\":\"" + type + "\",\"param\":\"messages\",\"code\":\""
                + code + "\"}}";
    }
}
