package dev.openaigateway.identity;

/**
 * What operators see of an identity.
 *
 * @param type      how the token is obtained, such as {@code managed}
 * @param state     {@code ok}, {@code pending} or {@code no token}
 * @param expiresAt seconds since the epoch; null without a token
 * @param lastError of the latest call for a token; null if it succeeded
 */
public record AccessTokenStatus(String type, String state, Long expiresAt, String lastError) {
}
