package dev.openaigateway.config;

import java.util.List;

/**
 * @param allowedOrigins  empty: no CORS headers at all; {@code *} allows every origin
 * @param securityHeaders whether answers carry the usual hardening headers
 */
public record CorsSettings(List<String> allowedOrigins, boolean securityHeaders) {

    public CorsSettings {
        allowedOrigins = List.copyOf(allowedOrigins);
    }
}
