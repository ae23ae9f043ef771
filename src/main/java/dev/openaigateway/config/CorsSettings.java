package dev.openaigateway.config;

import java.util.List;

/**
 * @param allowedOrigins  the allowed origins; empty: no CORS headers; {@code *} allows every origin
 * @param securityHeaders whether responses have the usual hardening headers
 */
public record CorsSettings(List<String> allowedOrigins, boolean securityHeaders) {

    public CorsSettings {
        allowedOrigins = List.copyOf(allowedOrigins);
    }
}
