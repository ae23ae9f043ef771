package dev.openaigateway.faults;

import dev.openaigateway.support.ProcessTest;
import dev.openaigateway.support.TestAuthority;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;

import static org.assertj.core.api.Assertions.assertThat;

/** An upstream that responds to the head of a request and closes the connection, while the gateway still writes the body. */
@ProcessTest
class EarlyResponseTest extends TwoInstances {

    private static final String LARGE = "x".repeat(8_000_000);

    private HastyUpstream plain;
    private HastyUpstream encrypted;

    @Override
    String settings() throws Exception {
        TestAuthority authority = TestAuthority.ofUpstreams();
        plain = new HastyUpstream(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        encrypted = new HastyUpstream(authority.serverSocket("ip:127.0.0.1"));
        authority.trust();
        return super.settings() + """
                  - { name: plain, provider_type: generic, api_base: "http://127.0.0.1:%d", supported_models: [plain] }
                  - { name: encrypted, provider_type: generic, api_base: "https://127.0.0.1:%d", supported_models: [encrypted] }
                """.formatted(plain.port(), encrypted.port());
    }

    @Override
    String ofInstances() {
        return ", supported_models: [gpt-4o]";
    }

    @AfterAll
    void stopUpstreams() throws IOException {
        TestAuthority.trustNoLonger();
        plain.close();
        encrypted.close();
    }

    @ParameterizedTest
    @CsvSource({"plain, false", "plain, true", "encrypted, false", "encrypted, true"})
    void shouldPassOnTheResponseAlthoughTheBodyCannotBeWritten(String model, boolean reset) {
        HastyUpstream upstream = model.equals("plain") ? plain : encrypted;
        upstream.resets(reset);
        int before = upstream.connections();

        HttpResponse<String> response = post(model, LARGE);

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.body()).contains("too large for this upstream");
        assertThat(upstream.connections()).isEqualTo(before + 1);
    }

    /** Whether the bytes answer this request is not certain on a reused connection, so a new one has to show it. */
    @ParameterizedTest
    @CsvSource({"plain", "encrypted"})
    void shouldTakeTheResponseFromANewConnectionIfTheRequestWasSentOnAReusedOne(String model) {
        HastyUpstream upstream = model.equals("plain") ? plain : encrypted;
        upstream.resets(true);
        assertThat(post(model, "small").statusCode()).isEqualTo(200);
        int before = upstream.connections();

        HttpResponse<String> response = post(model, LARGE);

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(upstream.connections()).isEqualTo(before + 1);
        assertThat(post(model, "small").statusCode()).isEqualTo(200);
        assertThat(upstream.connections()).isEqualTo(before + 2);
    }

    @Test
    void shouldStillFailIfTheConnectionBreaksWithoutAResponse() {
        plain.silent(true);
        try {
            assertThat(post("plain", LARGE).statusCode()).isEqualTo(502);
        } finally {
            plain.silent(false);
        }
    }

    private HttpResponse<String> post(String model, String text) {
        return gateway.post(CHAT, "{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"" + text + "\"}]}");
    }
}
