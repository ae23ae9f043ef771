package dev.openaigateway.security;

import dev.openaigateway.call.Client;
import dev.openaigateway.config.LiveSettings;
import dev.openaigateway.config.LiveSettings.Derived;
import dev.openaigateway.security.Authentication.Accepted;
import dev.openaigateway.security.Authentication.Blocked;
import dev.openaigateway.security.Authentication.MissingKey;
import dev.openaigateway.security.Authentication.Rejected;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Asks authenticators in order, the one for keys first. The first that accepts decides; otherwise the last rejection counts.
 * Locks out addresses that guess: a rejection counts as a guess unless it says otherwise, a request without credentials does not.
 *
 * <p>While no keys are configured and no further authenticator was added, every request is accepted as the anonymous
 * client's if {@link KeylessAccess} lets it through. Thread-safe.
 */
public final class AuthenticatorChain {

    private static final Authentication KEYLESS_NAME = new Rejected("The name `" + Client.ANONYMOUS.name() + "` stands for requests without a key.", false);

    private final Derived<KeyAuthenticator> keys;
    private final Derived<KeylessAccess> keyless;
    private final AddressLockout lockout;
    private volatile List<Authenticator> others = List.of();

    /**
     * @param lockout counts rejections by address
     * @param clock   decides whether a key has expired
     */
    public AuthenticatorChain(LiveSettings settings, AddressLockout lockout, InstantSource clock) {
        this.keys = settings.derive(now -> new KeyAuthenticator(new ClientDirectory(now.clients()), clock));
        this.keyless = settings.derive(KeylessAccess::new);
        this.lockout = lockout;
    }

    /** Sets the authenticators that follow the one for keys, in this order. */
    public void setOthers(Collection<? extends Authenticator> authenticators) {
        others = List.copyOf(authenticators);
    }

    /** Whether requests need no credential. */
    public boolean isOpen() {
        return isOpen(keys.get());
    }

    /** Whether {@link #authenticate} would accept the request at this moment. Counts nothing. */
    public boolean wouldAccept(HeaderLookup headers, String address) {
        KeyAuthenticator first = keys.get();
        return isOpen(first)
                ? keyless.get().decide(headers) instanceof Accepted
                : lockout.remaining(address).isEmpty() && decide(first, headers, address).orElse(null) instanceof Accepted;
    }

    /**
     * Decides on a request to an endpoint that needs no key, and yet does something: accepted as the anonymous client's, a foreign origin
     * or, while requests need no credential, a foreign host. Counts nothing.
     */
    public Authentication decideWithoutKey(HeaderLookup headers) {
        return isOpen() ? keyless.get().decide(headers) : keyless.get().decideOnPage(headers);
    }

    /** @param address as resolved by {@link ClientAddress} */
    public Authentication authenticate(HeaderLookup headers, String address) {
        KeyAuthenticator first = keys.get();
        if (isOpen(first)) {
            return keyless.get().decide(headers);
        }
        Optional<Duration> blocked = lockout.remaining(address);
        if (blocked.isPresent()) {
            return new Blocked(blocked.get());
        }
        Optional<Authentication> decision = decide(first, headers, address);
        if (decision.isEmpty()) {
            return new MissingKey();
        }
        if (decision.get() instanceof Accepted) {
            lockout.goodKey(address);
        } else if (!(decision.get() instanceof Rejected rejected) || rejected.guess()) {
            lockout.badKey(address);
        }
        return decision.get();
    }

    private boolean isOpen(KeyAuthenticator first) {
        return !first.hasKeys() && others.isEmpty();
    }

    private Optional<Authentication> decide(KeyAuthenticator first, HeaderLookup headers, String address) {
        Optional<Authentication> decision = first.authenticate(headers, address);
        for (Authenticator next : others) {
            if (decision.orElse(null) instanceof Accepted) {
                return decision;
            }
            Optional<Authentication> other = next.authenticate(headers, address).map(AuthenticatorChain::named);
            decision = other.isPresent() ? other : decision;
        }
        return decision;
    }

    /** Clients of that name would see what others have made, and others what they have made. */
    private static Authentication named(Authentication decision) {
        return decision instanceof Accepted accepted && Client.isAnonymous(accepted.client().name()) ? KEYLESS_NAME : decision;
    }
}
