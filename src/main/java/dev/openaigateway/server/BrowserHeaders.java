package dev.openaigateway.server;

import dev.openaigateway.config.CorsSettings;
import dev.openaigateway.call.ResponseHeaderNames;
import dev.openaigateway.security.HeaderLookup;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The response headers for browsers: CORS, and hardening against misuse of a response. Immutable; a reload creates a new one.
 *
 * <p>The CorsHandler of Vert.x is not used: it refuses a request from an unlisted origin with 403 instead of leaving the
 * decision to the browser, and does not follow a reload of the settings.
 */
public final class BrowserHeaders {

    private static final Pattern HEADER_NAMES = Pattern.compile("[A-Za-z0-9_, -]{1,1000}");
    private static final Map<String, String> HARDENING = Map.of(
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
            "Referrer-Policy", "no-referrer");
    private static final String EXPOSED = String.join(", ", ResponseHeaderNames.FOR_SCRIPTS);

    private final Set<String> origins;
    private final boolean everyOrigin;
    private final Map<String, String> hardening;

    public BrowserHeaders(CorsSettings settings) {
        origins = Set.copyOf(settings.allowedOrigins());
        everyOrigin = origins.contains("*");
        hardening = settings.securityHeaders() ? HARDENING : Map.of();
    }

    /**
     * Whether the request is a CORS preflight. The response is then 204 with the headers of {@link #forPreflight} and no body.
     * It is sent before keys are checked, because a preflight carries no key.
     */
    public boolean isPreflight(String method, HeaderLookup headers) {
        return !origins.isEmpty()
                && "OPTIONS".equals(method)
                && headers.value("Origin") != null
                && headers.value("Access-Control-Request-Method") != null;
    }

    /** The headers of the response to a preflight. They grant nothing if the origin is not allowed. */
    public Map<String, String> forPreflight(HeaderLookup headers) {
        Map<String, String> response = new LinkedHashMap<>(forOrigin(headers.value("Origin")));
        if (response.containsKey("Access-Control-Allow-Origin")) {
            response.put("Access-Control-Allow-Methods", "GET, POST, PUT, PATCH, DELETE, OPTIONS");
            String wanted = headers.value("Access-Control-Request-Headers");
            if (wanted != null && HEADER_NAMES.matcher(wanted).matches()) {
                response.put("Access-Control-Allow-Headers", wanted);
            }
            response.put("Access-Control-Max-Age", "600");
            response.remove("Access-Control-Expose-Headers");
        }
        return response;
    }

    /**
     * The headers of every other response. Credentials are never allowed, because keys travel in headers and not in cookies.
     *
     * @param origin the request's Origin header; null if it has none
     */
    public Map<String, String> forOrigin(String origin) {
        if (origins.isEmpty()) {
            return hardening;
        }
        Map<String, String> response = new LinkedHashMap<>(hardening);
        if (!everyOrigin) {
            response.put("Vary", "Origin");
        }
        if (origin != null && (everyOrigin || origins.contains(origin))) {
            response.put("Access-Control-Allow-Origin", everyOrigin ? "*" : origin);
            response.put("Access-Control-Expose-Headers", EXPOSED);
        }
        return response;
    }
}
