package dev.openaigateway.faults;

import dev.openaigateway.support.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpResponse;

import static org.assertj.core.api.Assertions.assertThat;

/** Upstreams that end an idle connection with 408 while the next request is on its way. */
class IdleTimeoutTest extends TwoInstances {

    private static final String TIMED_OUT = "HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";

    @ParameterizedTest
    @ValueSource(strings = {TIMED_OUT,
        "HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n",
        "HTTP/1.0 408 Request Time-out\r\nconnection: Keep-Alive, Close\r\nContent-Type: text/html\r\n\r\n<html>Your browser is slow</html>",
        "HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"})
    void shouldRepeatTheRequestOnANewConnection(String timedOut) {
        first.enqueue(Reply.chat("warm"), Reply.rawThenClose(timedOut), Reply.chat("again"));
        chat();

        HttpResponse<String> response = chat();

        assertThat(response.body()).contains("again");
        assertThat(instance(response)).isEqualTo("first");
        assertThat(response.headers().firstValue("x-gateway-attempts")).hasValue("1");
        assertThat(connection(1)).isEqualTo(connection(2)).isNotEqualTo(connection(0));
    }

    @Test
    void shouldRepeatTheRequestOnce() {
        first.enqueue(Reply.chat("warm"), Reply.rawThenClose(TIMED_OUT), Reply.rawThenClose(TIMED_OUT));
        chat();

        HttpResponse<String> response = chat();

        assertThat(instance(response)).isEqualTo("second");
        assertThat(response.headers().firstValue("x-gateway-attempts")).hasValue("2");
        assertThat(requestsToFirst()).isEqualTo(3);
    }

    @Test
    void shouldNotRepeatARequestOnANewConnection() {
        first.enqueue(Reply.chat("warm").header("Connection", "close"), Reply.rawThenClose(TIMED_OUT));
        chat();

        assertThat(instance(chat())).isEqualTo("second");

        assertThat(connection(0)).isNotEqualTo(connection(1));
        assertThat(requestsToFirst()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 503 Full\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"})
    void shouldNotRepeatARequestAfterAnotherError(String error) {
        first.enqueue(Reply.chat("warm"), Reply.raw(error));
        chat();

        assertThat(instance(chat())).isEqualTo("second");

        assertThat(requestsToFirst()).isEqualTo(2);
    }

    /** The number of the connection of the request that came before the given number of others. */
    private long connection(int later) {
        return first.requests().get(first.requests().size() - 1 - later).connection();
    }
}
