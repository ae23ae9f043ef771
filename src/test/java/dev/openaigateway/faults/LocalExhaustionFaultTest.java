package dev.openaigateway.faults;

import com.example.AcmeProvider;
import dev.openaigateway.config.InstanceSettings;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.Test;

import java.io.UncheckedIOException;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/** A process without file descriptors or ports says so itself, and blames no instance. */
@GatewayTest
class LocalExhaustionFaultTest {

    private volatile String shortage;

    private final class Short extends AcmeProvider {

        @Override
        public Optional<Map.Entry<String, String>> authorization(InstanceSettings instance) {
            if (shortage != null) {
                throw new UncheckedIOException(new SocketException(shortage));
            }
            return super.authorization(instance);
        }
    }

    @Test
    void shouldAnswer503ItselfAndMarkNoInstance() {
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
             TestGateway gateway = TestGateway.builder().bean("short", new Short()).settings("""
                breaker: { window: 4, minimum_calls: 4 }
                instances:
                  - { name: a, provider_type: acme, api_key: k, api_base: "%s", supported_models: [m] }
                  - { name: b, provider_type: acme, api_key: k, api_base: "%s", supported_models: [m] }
                """.formatted(upstream.uri(), upstream.uri())).start()) {
            for (String each : new String[] {"Too many open files", "Cannot assign requested address", "No buffer space available"}) {
                shortage = each;
                for (int i = 0; i < 4; i++) {
                    HttpResponse<String> response = gateway.chat("m");

                    assertThat(response.statusCode()).isEqualTo(503);
                    assertThat(response.body()).contains("\"code\":\"gateway_overloaded\"");
                    assertThat(response.headers().firstValue("retry-after")).hasValue("1");
                }
            }

            assertThat(gateway.get("/admin/instances").body()).contains("\"error_count\":0,\"last_error\":null").doesNotContain("\"open\"");
            shortage = null;
            upstream.respond(Reply.json(200, "{\"answer\":\"x\"}"));
            gateway.chat("m");
            assertThat(upstream.requests()).as("asked again at once").isNotEmpty();
        }
    }
}
