package dev.openaigateway.identity;

import dev.openaigateway.config.IdentitySettings;
import dev.openaigateway.config.IdentitySettings.Type;
import dev.openaigateway.config.Secret;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The current token of one identity for one scope. At most one call for it runs at a time. Thread-safe. */
final class AccessTokenSource {

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final Duration BETWEEN_DROPS = Duration.ofSeconds(30);

    private final IdentitySettings identity;
    private final AccessTokenEndpoint endpoint;
    private final InstantSource clock;
    private volatile AccessToken token;
    private volatile NoTokenException failure;
    private CompletableFuture<AccessToken> running;
    private int failures;
    private Instant nextTry = Instant.MIN;
    private Instant nextDrop = Instant.MIN;

    AccessTokenSource(IdentitySettings identity, AccessTokenEndpoint endpoint, InstantSource clock) {
        this.identity = identity;
        this.endpoint = endpoint;
        this.clock = clock;
    }

    /**
     * Waits for a call that is running, or makes one.
     *
     * @throws NoTokenException if it fails, or failed a moment ago
     */
    Secret value() {
        AccessToken current = token;
        if (isValid(current)) {
            return current.value();
        }
        try {
            return obtain(false).join().value();
        } catch (CompletionException e) {
            throw AccessTokenEndpoint.cause(e);
        }
    }

    /** Starts a call if the token is due for renewal, or missing. */
    void renewIfDue() {
        AccessToken current = token;
        if (!isValid(current) || !clock.instant().isBefore(current.renewal())) {
            obtain(true);
        }
    }

    /**
     * Drops a token that an instance refused, at most once in 30 seconds.
     *
     * @return whether another token may be accepted
     */
    synchronized boolean drop(Secret refused) {
        AccessToken current = token;
        if (current == null || !current.value().equals(refused)) {
            return true;
        }
        if (clock.instant().isBefore(nextDrop)) {
            return false;
        }
        nextDrop = clock.instant().plus(BETWEEN_DROPS);
        token = null;
        return true;
    }

    /** @param renewal whether the token that there is still counts after a failure a moment ago */
    private synchronized CompletableFuture<AccessToken> obtain(boolean renewal) {
        if (running != null) {
            return running;
        }
        if (failure != null && clock.instant().isBefore(nextTry)) {
            return CompletableFuture.failedFuture(failure);
        }
        if (!renewal && isValid(token)) {
            return CompletableFuture.completedFuture(token);
        }
        CompletableFuture<AccessToken> call = endpoint.token(identity);
        running = call;
        return call.whenComplete(this::ended);
    }

    private synchronized void ended(AccessToken obtained, Throwable thrown) {
        running = null;
        if (thrown == null) {
            token = obtained;
            failure = null;
            failures = 0;
        } else {
            failure = AccessTokenEndpoint.cause(thrown);
            Duration pause = Duration.ofSeconds(1L << Math.min(failures++, 10));
            nextTry = clock.instant().plus(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
        }
    }

    /** Null while there is a token, or the first one is on its way. */
    String missing() {
        NoTokenException last = failure;
        return last == null || isValid(token) ? null : last.getMessage();
    }

    /** @param expected the type that is tried first */
    AccessTokenStatus status(Type expected) {
        AccessToken current = token;
        NoTokenException last = failure;
        boolean valid = isValid(current);
        String type = (current == null ? expected : current.type()).name().toLowerCase(Locale.ROOT);
        return new AccessTokenStatus(type, valid ? "ok" : last == null ? "pending" : "no token", valid ? current.end().getEpochSecond() : null,
                last == null ? null : last.getMessage());
    }

    private boolean isValid(AccessToken current) {
        return current != null && clock.instant().isBefore(current.end());
    }
}
