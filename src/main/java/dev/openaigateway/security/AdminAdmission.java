package dev.openaigateway.security;

import dev.openaigateway.config.LiveSettings.Derived;
import dev.openaigateway.security.AdminAccess.Decision;

import java.time.Duration;
import java.util.Optional;

/**
 * Admits requests to the endpoints of operators. Whether a body is worth reading and whether the request is served is one decision, so
 * that a blocked address cannot tell a right token from a wrong one by what is read. Thread-safe.
 */
public final class AdminAdmission {

    /**
     * The decision on a request.
     *
     * @param blocked for how long no token from its address is checked; empty if the address is not blocked
     * @param access  meaningful only if the address is not blocked
     */
    public record Admission(Optional<Duration> blocked, Decision access) {

        /** @param changes whether the request would change something, which the monitor token may not */
        public boolean isGranted(boolean changes) {
            return blocked.isEmpty() && (changes ? access == Decision.GRANTED : access.mayRead());
        }
    }

    private final Derived<AdminAccess> access;
    private final AdminLockout lockout;

    public AdminAdmission(Derived<AdminAccess> access, AdminLockout lockout) {
        this.access = access;
        this.lockout = lockout;
    }

    /**
     * Decides without counting a wrong token.
     *
     * @param peer    the remote address of the socket
     * @param address that of the client, as resolved by {@link ClientAddress}
     */
    public Admission preview(NamedHeaders headers, String peer, String address) {
        AdminAccess now = access.get();
        Optional<Duration> blocked = now.hasToken() ? lockout.remaining(address) : Optional.empty();
        return new Admission(blocked, blocked.isPresent() ? Decision.WRONG_TOKEN : now.decide(headers, peer));
    }

    /** Decides as {@link #preview}, and counts the token that was shown. */
    public Admission decide(NamedHeaders headers, String peer, String address) {
        Admission admission = preview(headers, peer, address);
        if (admission.blocked().isEmpty() && access.get().hasToken()) {
            lockout.decided(admission.access(), address);
        }
        return admission;
    }
}
