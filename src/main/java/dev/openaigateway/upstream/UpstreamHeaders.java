package dev.openaigateway.upstream;

import dev.openaigateway.openai.ResponseHeaderNames;
import org.apache.camel.Exchange;
import org.apache.camel.spi.HeaderFilterStrategy;

import java.util.Locale;

/**
 * Which headers cross to an upstream and back. Out go those that the provider set, and nothing of Camel's own; back come
 * those on the list, so that cookies, server names and hop-by-hop headers stay behind.
 */
public final class UpstreamHeaders implements HeaderFilterStrategy {

    @Override
    public boolean applyFilterToCamelHeaders(String name, Object value, Exchange exchange) {
        return name.startsWith("Camel");
    }

    @Override
    public boolean applyFilterToExternalHeaders(String name, Object value, Exchange exchange) {
        return !ResponseHeaderNames.FROM_UPSTREAM.contains(name.toLowerCase(Locale.ROOT));
    }
}
