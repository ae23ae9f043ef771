package dev.openaigateway.upstream;

import org.apache.camel.Exchange;
import org.apache.camel.spi.HeaderFilterStrategy;

import java.util.Locale;
import java.util.Set;

/**
 * Which headers cross to an upstream and back. Out go those that the provider set, and nothing of Camel's own; back come
 * those on the list, so that cookies, server names and hop-by-hop headers stay behind.
 */
public final class UpstreamHeaders implements HeaderFilterStrategy {

    private static final Set<String> BACK = Set.of(
            "content-type", "content-disposition", "retry-after", "retry-after-ms", "x-ms-retry-after-ms", "x-should-retry",
            "openai-processing-ms", "openai-version", "openai-model", "apim-request-id", "x-ms-region",
            "x-ratelimit-limit-requests", "x-ratelimit-limit-tokens", "x-ratelimit-remaining-requests",
            "x-ratelimit-remaining-tokens", "x-ratelimit-reset-requests", "x-ratelimit-reset-tokens");

    @Override
    public boolean applyFilterToCamelHeaders(String name, Object value, Exchange exchange) {
        return name.startsWith("Camel");
    }

    @Override
    public boolean applyFilterToExternalHeaders(String name, Object value, Exchange exchange) {
        return !BACK.contains(name.toLowerCase(Locale.ROOT));
    }
}
