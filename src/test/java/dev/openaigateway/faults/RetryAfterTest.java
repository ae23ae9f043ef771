package dev.openaigateway.faults;

import dev.openaigateway.support.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpResponse;
import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

/** How long an instance stays benched after it reports its limit. */
class RetryAfterTest extends TwoInstances {

    /** The test clock is in 2026: one date is in the past, the other far in the future. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "retry-after         | 7                             | 7000",
        "retry-after         | 20s                           | 20000",
        "retry-after         | 1m30.5s                       | 90500",
        "retry-after         | Saturday, 06-Nov-94 08:49:37 GMT | 600000",
        "retry-after         | Sat Nov  6 08:49:37 2094      | 600000",
        "retry-after         | 0.5                           | 500",
        "retry-after         | 1e12                          | 600000",
        "retry-after         | -5                            | 1000",
        "retry-after         | 7d                            | 600000",
        "retry-after         | 7f                            | 1000",
        "retry-after         | soon                          | 1000",
        "retry-after         | NaN                           | 1000",
        "retry-after         | Sun, 06 Nov 1994 08:49:37 GMT | 1000",
        "retry-after         | Sat, 06 Nov 2094 08:49:37 GMT | 600000",
        "retry-after-ms      | 1500                          | 1500",
        "retry-after-ms      | 1e300                         | 600000",
        "x-ms-retry-after-ms | 2500                          | 2500",
        "x-other             | 1                             | 1000"})
    void shouldBenchAnInstanceForAsLongAsItRequests(String header, String value, long expectedMillis) {
        first.respond(Reply.rateLimited(header, value));
        second.respond(Reply.rateLimited("retry-after", "3600"));

        HttpResponse<String> response = chat();

        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(response.headers().firstValueAsLong("retry-after-ms")).hasValue(expectedMillis);
        assertThat(response.headers().firstValueAsLong("retry-after")).hasValue((expectedMillis + 999) / 1000);
        assertThat(chat().statusCode()).isEqualTo(429);
        assertThat(requestsToFirst()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"7.5s., 7500", "350ms., 350", "1m30s, 90000", "6m0s., 360000", "12 seconds, 12000", "1 minute and 5 seconds, 65000", "2 hours, 600000", "soon, 1000"})
    void shouldReadTheWaitInAMessage(String wait, long expectedMillis) {
        for (String words : new String[] {"Limit reached. Please try again in ", "Token limit is exceeded. Try again in ", "Please retry after "}) {
            clock.advance(Duration.ofHours(1));
            first.respond(Reply.error(429, "rate_limit_exceeded", words + wait));
            second.respond(Reply.rateLimited("retry-after", "3600"));

            assertThat(chat().headers().firstValueAsLong("retry-after-ms")).as(words).hasValue(expectedMillis);
        }
    }

    /** Google sends an error as a list, and the wait in its details. */
    @ParameterizedTest
    @ValueSource(strings = {"%s", "[%s]"})
    void shouldReadTheWaitInDetails(String form) {
        first.respond(Reply.error(429, form.formatted("{\"error\":{\"code\":429,\"message\":\"Quota exceeded\",\"status\":\"RESOURCE_EXHAUSTED\",\"details\":"
                + "[{\"@type\":\"type.googleapis.com/google.rpc.QuotaFailure\"},{\"@type\":\"type.googleapis.com/google.rpc.RetryInfo\",\"retryDelay\":\"34s\"}]}}")));
        second.respond(Reply.rateLimited("retry-after", "3600"));

        assertThat(chat().headers().firstValueAsLong("retry-after-ms")).hasValue(34_000);
    }

    @Test
    void shouldPassOnAnErrorInAListAsAnObject() {
        first.respond(Reply.error(400, "[{\"error\":{\"code\":400,\"message\":\"Invalid value at x\"}}]"));

        assertThat(chat().body()).isEqualTo("{\"error\":{\"code\":400,\"message\":\"Invalid value at x\"}}");
    }

    @ParameterizedTest
    @CsvSource({
        "retry-after-ms, 1500, retry-after, 7, 1500",
        "retry-after-ms, 1500, x-ms-retry-after-ms, 2500, 1500",
        "x-ms-retry-after-ms, 2500, retry-after, 7, 2500",
        "retry-after-ms, -1, retry-after, 7, 7000",
        "retry-after-ms, soon, retry-after, 7, 7000",
        "x-ms-retry-after-ms, -0.5, retry-after, 7, 7000"})
    void shouldUseTheFirstValidHeader(String one, String value, String other, String itsValue, long expectedMillis) {
        first.respond(Reply.rateLimited(one, value, other, itsValue));
        second.respond(Reply.rateLimited("retry-after", "3600"));

        assertThat(chat().headers().firstValueAsLong("retry-after-ms")).hasValue(expectedMillis);
    }
}
