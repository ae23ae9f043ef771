package dev.openaigateway.security;

import dev.openaigateway.call.Client;
import dev.openaigateway.security.Authentication.Accepted;
import dev.openaigateway.security.Authentication.Blocked;
import dev.openaigateway.security.Authentication.MissingKey;
import dev.openaigateway.security.Authentication.Rejected;
import dev.openaigateway.support.TestClock;
import dev.openaigateway.support.TestSettings;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

class AuthenticatorChainTest {

    private static final HeaderLookup GOOD = Headers.of("api-key", "sk-a");
    private static final HeaderLookup BAD = Headers.of("api-key", "sk-x");
    private static final Client ALICE = new Client("alice", 0, 0, Set.of("gpt-4o"));
    private static final Client BOB = new Client("bob", 0, 0, Set.of());

    private final TestClock clock = new TestClock();
    private final AddressLockout lockout = new AddressLockout(3, Duration.ofSeconds(300), clock);
    private final AuthenticatorChain authenticator = new AuthenticatorChain(TestSettings.live(
            "clients: { header: api-key, keys: [ { name: alice, key: sk-a, models: [gpt-4o] } ] }"), lockout, clock);

    @Test
    void shouldAcceptEveryoneAsAnonymousWhileNoKeysAreConfigured() {
        AuthenticatorChain open = new AuthenticatorChain(TestSettings.live(""), lockout, clock);

        assertThat(open.authenticate(Headers.NONE, "10.0.0.1")).isEqualTo(new Accepted(Client.ANONYMOUS));
        for (int i = 0; i < 10; i++) {
            assertThat(open.authenticate(BAD, "10.0.0.1")).isEqualTo(new Accepted(Client.ANONYMOUS));
        }
    }

    @Test
    void shouldDistinguishGoodBadAndMissingKeys() {
        assertThat(authenticator.authenticate(GOOD, "10.0.0.1")).isEqualTo(new Accepted(ALICE));
        assertThat(authenticator.authenticate(BAD, "10.0.0.1")).isEqualTo(new Rejected(null));
        assertThat(authenticator.authenticate(Headers.NONE, "10.0.0.1")).isEqualTo(new MissingKey());
    }

    @Test
    void shouldBlockTheAddressAfterTooManyBadKeysEvenWithAGoodOne() {
        for (int i = 0; i < 3; i++) {
            assertThat(authenticator.authenticate(BAD, "10.0.0.1")).isEqualTo(new Rejected(null));
        }

        clock.advance(Duration.ofSeconds(100));
        assertThat(authenticator.authenticate(GOOD, "10.0.0.1")).isEqualTo(new Blocked(Duration.ofSeconds(200)));
        assertThat(authenticator.authenticate(GOOD, "10.0.0.2")).isEqualTo(new Accepted(ALICE));
        clock.advance(Duration.ofSeconds(200));
        assertThat(authenticator.authenticate(GOOD, "10.0.0.1")).isEqualTo(new Accepted(ALICE));
    }

    @Test
    void shouldResetTheCountAfterAGoodKey() {
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

    @Test
    void shouldAskTheNextWhenOneRejectsOrSeesNoCredential() {
        authenticator.setOthers(List.of(
                (headers, address) -> Optional.empty(),
                (headers, address) -> "token".equals(headers.value("api-key")) ? Optional.of(new Accepted(BOB)) : Optional.empty()));

        assertThat(authenticator.authenticate(GOOD, "10.0.0.1")).isEqualTo(new Accepted(ALICE));
        assertThat(authenticator.authenticate(Headers.of("api-key", "token"), "10.0.0.1")).isEqualTo(new Accepted(BOB));
        assertThat(authenticator.authenticate(BAD, "10.0.0.1")).isEqualTo(new Rejected(null));
        assertThat(authenticator.authenticate(Headers.NONE, "10.0.0.1")).isEqualTo(new MissingKey());
    }

    @Test
    void shouldCountOneGuessWhenSeveralReject() {
        authenticator.setOthers(List.of((headers, address) -> Optional.of(new Rejected("The token has expired."))));

        for (int i = 0; i < 3; i++) {
            assertThat(authenticator.authenticate(BAD, "10.0.0.1")).isEqualTo(new Rejected("The token has expired."));
        }

        assertThat(authenticator.authenticate(GOOD, "10.0.0.1")).isInstanceOf(Blocked.class);
    }

    @Test
    void shouldSayWithoutCountingWhetherItWouldAccept() {
        for (int i = 0; i < 10; i++) {
            assertThat(authenticator.wouldAccept(BAD, "10.0.0.1")).isFalse();
        }

        assertThat(authenticator.wouldAccept(GOOD, "10.0.0.1")).isTrue();
        assertThat(authenticator.authenticate(GOOD, "10.0.0.1")).isEqualTo(new Accepted(ALICE));
    }

    @Test
    void shouldNotBeOpenWithoutKeysWhileThereIsAnotherAuthenticator() {
        AuthenticatorChain chain = new AuthenticatorChain(TestSettings.live(""), lockout, clock);
        chain.setOthers(List.of((headers, address) -> Optional.empty()));

        assertThat(chain.authenticate(BAD, "10.0.0.1")).isEqualTo(new MissingKey());
        assertThat(chain.wouldAccept(BAD, "10.0.0.1")).isFalse();
    }

    @Test
    void shouldRefuseAnExpiredKeyWithoutCountingItAsAGuess() {
        AuthenticatorChain chain = new AuthenticatorChain(TestSettings.live("""
                clients: { keys: [ { name: alice, keys: [ { key: sk-old, expires: 2026-01-01T00:00:10Z }, sk-new ] } ] }"""), lockout, clock);

        assertThat(chain.authenticate(Headers.of("api-key", "sk-old"), "10.0.0.1")).isInstanceOf(Accepted.class);
        clock.advance(Duration.ofSeconds(10));

        for (int i = 0; i < 10; i++) {
            assertThat(chain.authenticate(Headers.of("api-key", "sk-old"), "10.0.0.1")).isEqualTo(new Rejected("Your API key has expired.", false));
        }
        assertThat(chain.wouldAccept(Headers.of("api-key", "sk-old"), "10.0.0.1")).isFalse();
        assertThat(chain.authenticate(Headers.of("api-key", "sk-old", "Authorization", "Bearer sk-new"), "10.0.0.1")).isInstanceOf(Accepted.class);
    }

    @Test
    void shouldStayClosedWhenTheLastKeyIsRevoked() {
        AuthenticatorChain chain = new AuthenticatorChain(TestSettings.live("clients: { keys: [ { name: alice, keys: [] } ] }"), lockout, clock);

        assertThat(chain.authenticate(Headers.NONE, "10.0.0.1")).isEqualTo(new MissingKey());
        assertThat(chain.authenticate(GOOD, "10.0.0.1")).isEqualTo(new Rejected(null));
    }
}
