package dev.openaigateway.security;

import java.util.Optional;

/**
 * Recognises clients by one kind of credential, such as keys or tokens. A bean of this type in the registry takes part in
 * the {@link AuthenticatorChain}.
 *
 * <p>A decision has no side effect: the chain asks once to decide whether a body is worth reading, and again to decide on the
 * request, and it does the counting. Implementations are thread-safe, must not block, since an event loop calls them too,
 * and never log a credential.
 */
public interface Authenticator {

    /**
     * @param headers of the request
     * @param address of the client, as resolved by {@link ClientAddress}
     * @return {@link Authentication.Accepted} or {@link Authentication.Rejected}; empty if the request has no credential of
     *         this kind
     */
    Optional<Authentication> authenticate(HeaderLookup headers, String address);
}
