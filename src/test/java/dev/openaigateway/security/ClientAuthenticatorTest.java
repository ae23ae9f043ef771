package dev.openaigateway.security;

import dev.openaigateway.call.Client;
import dev.openaigateway.config.ClientSettings;
import dev.openaigateway.config.ClientSettings.ClientKey;
import dev.openaigateway.config.Secret;
import dev.openaigateway.security.Authentication.Accepted;
import dev.openaigateway.security.Authentication.BadKey;
import dev.openaigateway.security.Authentication.Blocked;
import dev.openaigateway.security.Authentication.MissingKey;
import dev.openaigateway.support.TestClock;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

class ClientAuthenticatorTest {

    private static final HeaderLookup GOOD = Headers.of("api-key", "sk-a");
    private static final HeaderLookup BAD = Headers.of("api-key", "sk-x");
    private static final Client ALICE = new Client("alice", 0, 0, Set.of("gpt-4o"));

    private final TestClock clock = new TestClock();
    private final AddressLockout lockout = new AddressLockout(3, Duration.ofSeconds(300), clock);
    private final ClientAuthenticator authenticator = authenticator(new ClientKey("alice", new Secret("sk-a"), 0, 0, Set.of("gpt-4o")));

    @Test
    void shouldAcceptEveryoneAsAnonymousWhileNoKeysAreConfigured() {
        ClientAuthenticator open = authenticator();

        assertThat(open.authenticate(Headers.NONE, "10.0.0.1")).isEqualTo(new Accepted(Client.ANONYMOUS));
        for (int i = 0; i < 10; i++) {
            assertThat(open.authenticate(BAD, "10.0.0.1")).isEqualTo(new Accepted(Client.ANONYMOUS));
        }
    }

    @Test
    void shouldDistinguishGoodBadAndMissingKeys() {
        assertThat(authenticator.authenticate(GOOD, "10.0.0.1")).isEqualTo(new Accepted(ALICE));
        assertThat(authenticator.authenticate(BAD, "10.0.0.1")).isEqualTo(new BadKey());
        assertThat(authenticator.authenticate(Headers.NONE, "10.0.0.1")).isEqualTo(new MissingKey());
    }

    @Test
    void shouldBlockTheAddressAfterTooManyBadKeysEvenWithAGoodOne() {
        for (int i = 0; i < 3; i++) {
            assertThat(authenticator.authenticate(BAD, "10.0.0.1")).isEqualTo(new BadKey());
        }

        clock.advance(Duration.ofSeconds(100));
        assertThat(authenticator.authenticate(GOOD, "10.0.0.1")).isEqualTo(new Blocked(Duration.ofSeconds(200)));
        assertThat(authenticator.authenticate(GOOD, "10.0.0.2")).isEqualTo(new Accepted(ALICE));
        clock.advance(Duration.ofSeconds(200));
        assertThat(authenticator.authenticate(GOOD, "10.0.0.1")).isEqualTo(new Accepted(ALICE));
    }

    @Test
    void shouldStartCountingAnewAfterAGoodKey() {
        for (int i = 0; i < 10; i++) {
            authenticator.authenticate(BAD, "10.0.0.1");
            authenticator.authenticate(BAD, "10.0.0.1");
            assertThat(authenticator.authenticate(GOOD, "10.0.0.1")).isEqualTo(new Accepted(ALICE));
        }
    }

    @Test
    void shouldNotCountAMissingKeyAsAGuess() {
        for (int i = 0; i < 10; i++) {
            authenticator.authenticate(Headers.NONE, "10.0.0.1");
        }

        assertThat(authenticator.authenticate(GOOD, "10.0.0.1")).isEqualTo(new Accepted(ALICE));
    }

    private ClientAuthenticator authenticator(ClientKey... keys) {
        return new ClientAuthenticator(new ClientDirectory(
                new ClientSettings("api-key", List.of(keys), 3, Duration.ofSeconds(300), Duration.ofSeconds(60), Duration.ofSeconds(60), 0, List.of())), lockout);
    }
}
