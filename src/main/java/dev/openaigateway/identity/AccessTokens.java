package dev.openaigateway.identity;

import dev.openaigateway.config.IdentitySettings;
import dev.openaigateway.config.Secret;

import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The tokens of all identities. Equal identities share one token. Thread-safe. */
public final class AccessTokens {

    private final AccessTokenCalls calls;
    private final AccessTokenEndpoint endpoint;
    private final InstantSource clock;
    private final Map<IdentitySettings, AccessTokenSource> sources = new ConcurrentHashMap<>();

    /** @param environment the variables of the process */
    public AccessTokens(Function<String, Optional<String>> environment, InstantSource clock) {
        this.calls = new AccessTokenCalls(environment);
        this.endpoint = new AccessTokenEndpoint(calls, clock);
        this.clock = clock;
    }

    /**
     * The token of an identity. Blocks while it is obtained for the first time.
     *
     * @throws NoTokenException if there is none
     */
    public Secret of(IdentitySettings identity) {
        return source(identity).value();
    }

    /**
     * Drops a token that an instance refused.
     *
     * @return whether the request may be repeated with another token; false if a token was dropped a moment ago
     */
    public boolean drop(IdentitySettings identity, Secret refused) {
        return source(identity).drop(refused);
    }

    /** Obtains missing tokens and renews old ones, in the background; forgets those of other identities. */
    public void renew(Collection<IdentitySettings> used) {
        sources.keySet().retainAll(used);
        used.forEach(identity -> source(identity).renewIfDue());
    }

    /** Why the identity has no token; null if it has one, or the first one is on its way. */
    public String missing(IdentitySettings identity) {
        return source(identity).missing();
    }

    public AccessTokenStatus status(IdentitySettings identity) {
        return source(identity).status(calls.types(identity).get(0));
    }

    private AccessTokenSource source(IdentitySettings identity) {
        AccessTokenSource known = sources.get(identity);
        return known == null ? sources.computeIfAbsent(identity, any -> new AccessTokenSource(identity, endpoint, clock)) : known;
    }
}
