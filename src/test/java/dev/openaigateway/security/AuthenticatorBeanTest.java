package dev.openaigateway.security;

import dev.openaigateway.call.Client;
import dev.openaigateway.security.Authentication.Accepted;
import dev.openaigateway.security.Authentication.Rejected;
import dev.openaigateway.support.CapturedLog;
import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/** An authenticator that a route file adds as a bean. */
@GatewayTest
class AuthenticatorBeanTest {

    /** Recognises the clients of bearer tokens such as {@code token-alice}. */
    public static final class Tokens implements Authenticator {

        @Override
        public Optional<Authentication> authenticate(HeaderLookup headers, String address) {
            String shown = headers.value("Authorization");
            if (shown == null || !shown.startsWith("Bearer token-")) {
                return Optional.empty();
            }
            String name = shown.substring("Bearer token-".length());
            return Optional.of(name.equals("expired") ? new Rejected("The token has expired.")
                    : new Accepted(new Client(name, 0, 0, Set.of("gpt-4o"))));
        }
    }

    private static final String KEYS = "clients: { keys: [ { name: search, key: key-one } ], max_bad_keys: 3 }\n";

    private final ScriptedUpstream upstream = ScriptedUpstream.start().respond(Reply.chat("Hi", 1, 1));
    private TestGateway gateway;

    @AfterEach
    void stop() {
        gateway.close();
        upstream.close();
    }

    private void start(String clients) {
        GatewayFolder folder = GatewayFolder.copy().write("routes/tokens.camel.yaml", """
                - beans:
                    - name: tokens
                      type: %s
                """.formatted(Tokens.class.getName()));
        gateway = TestGateway.builder().folder(folder.path()).settings(clients + """
                instances:
                  - { name: east, provider_type: generic, api_key: k, api_base: "%s" }
                """.formatted(upstream.uri())).start();
    }

    @Test
    void shouldAcceptKeysAndTokens() {
        start(KEYS);

        assertThat(gateway.chat("gpt-4o", "Authorization", "Bearer key-one").statusCode()).isEqualTo(200);
        assertThat(gateway.chat("gpt-4o", "Authorization", "Bearer token-alice").statusCode()).isEqualTo(200);
        assertThat(gateway.chat("gpt-5", "Authorization", "Bearer token-alice").statusCode()).as("not a model of alice").isEqualTo(403);
        assertThat(gateway.get("/stats").body()).contains("\"alice\"", "\"search\"");
    }

    @Test
    void shouldRefuseWrongAndMissingCredentials() {
        start(KEYS);
        try (CapturedLog log = new CapturedLog()) {
            assertThat(refusal("Authorization", "Bearer key-two")).contains("Incorrect API key provided.");
            assertThat(refusal("x-none", "none")).contains("You didn't provide an API key.");
            assertThat(refusal("Authorization", "Bearer token-expired")).contains("The token has expired.").doesNotContain("token-expired");
            assertThat(log.linesWith("token-expired")).isEmpty();
        }
        assertThat(upstream.requests()).isEmpty();
    }

    @Test
    void shouldCountEachRejectedRequestOnce() {
        start(KEYS);
        refusal("Authorization", "Bearer token-expired");
        refusal("Authorization", "Bearer token-expired");
        assertThat(gateway.chat("gpt-4o", "Authorization", "Bearer token-alice").statusCode()).as("ends the row").isEqualTo(200);
        refusal("Authorization", "Bearer token-expired");
        refusal("Authorization", "Bearer token-expired");
        refusal("Authorization", "Bearer token-expired");

        assertThat(gateway.chat("gpt-4o", "Authorization", "Bearer token-alice").body()).contains("address_blocked");
    }

    @Test
    void shouldRequireACredentialAlsoWhileNoKeysAreConfigured() {
        start("");

        assertThat(refusal("api-key", "any")).contains("You didn't provide an API key.");
        assertThat(gateway.chat("gpt-4o", "Authorization", "Bearer token-alice").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldRefuseTheNameOfRequestsWithoutAKey() {
        start(KEYS);
        for (int i = 0; i < 5; i++) {
            assertThat(refusal("Authorization", "Bearer token-anonymous")).contains("The name `anonymous` stands for requests without a key.");
        }

        assertThat(upstream.requests()).isEmpty();
        assertThat(gateway.chat("gpt-4o", "Authorization", "Bearer token-alice").statusCode()).as("no guesses").isEqualTo(200);
    }

    private String refusal(String header, String value) {
        HttpResponse<String> response = gateway.chat("gpt-4o", header, value);
        assertThat(response.statusCode()).isEqualTo(401);
        return response.body();
    }
}
