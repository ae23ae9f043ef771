package dev.openaigateway.identity;

import dev.openaigateway.config.IdentitySettings.Type;
import dev.openaigateway.config.Secret;

import java.time.Duration;
import java.time.Instant;

/**
 * A token and its life. Its text masks the value.
 *
 * @param type    how it was obtained
 * @param renewal when it should be replaced, before it ends
 */
record AccessToken(Type type, Secret value, Instant end, Instant renewal) {

    private static final Duration MARGIN = Duration.ofMinutes(5);

    /** A token is renewed after 80 % of its life or 5 minutes before its end, whichever is first. */
    static AccessToken of(Type type, String value, Instant now, Duration life) {
        Duration most = life.multipliedBy(4).dividedBy(5);
        Duration rest = life.minus(MARGIN);
        boolean early = !rest.isNegative() && !rest.isZero() && rest.compareTo(most) < 0;
        return new AccessToken(type, new Secret(value), now.plus(life), now.plus(early ? rest : most));
    }
}
