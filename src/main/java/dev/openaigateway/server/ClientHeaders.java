package dev.openaigateway.server;

import dev.openaigateway.call.ResponseHeaderNames;
import dev.openaigateway.call.rule.InstanceResponse;
import dev.openaigateway.config.LiveSettings;
import dev.openaigateway.config.RequestHeaderNames;
import org.apache.camel.Exchange;
import org.apache.camel.spi.HeaderFilterStrategy;

import java.util.Locale;

/**
 * Filters the headers between clients and routes. Routing rules see no header that could control Camel and no credential.
 * Clients get only a fixed list of headers, and those that a rule has set on a response, so that no header of the request is echoed.
 * Thread-safe.
 */
public final class ClientHeaders implements HeaderFilterStrategy {

    /** The retry budget counts the retries of SDKs. */
    private static final String RETRY_COUNT = "x-stainless-retry-count";

    private final LiveSettings settings;

    public ClientHeaders(LiveSettings settings) {
        this.settings = settings;
    }

    @Override
    public boolean applyFilterToCamelHeaders(String name, Object value, Exchange exchange) {
        return name.startsWith("Camel") || !ResponseHeaderNames.isForClient(name) && !InstanceResponse.sets(exchange, name);
    }

    @Override
    public boolean applyFilterToExternalHeaders(String name, Object value, Exchange exchange) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.startsWith("camel") || lower.startsWith("x-stainless-") && !lower.equals(RETRY_COUNT) || RequestHeaderNames.isCredential(lower)
                || RequestHeaderNames.isOfConnection(lower) || lower.equalsIgnoreCase(settings.get().clients().header());
    }
}
