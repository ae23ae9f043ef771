package dev.openaigateway.upstream;

import dev.openaigateway.call.ResponseHeaderNames;
import dev.openaigateway.openai.body.PassedRequest;
import dev.openaigateway.routing.Attempt;
import org.apache.camel.Exchange;
import org.apache.camel.spi.HeaderFilterStrategy;

/**
 * Filters the headers of upstream calls. A call carries the headers that the provider set, without Camel's own and
 * without the {@code Content-Type}, which the entity has. A response
 * keeps only the listed headers, so that cookies, server names and hop-by-hop headers do not reach the client.
 */
public final class UpstreamHeaders implements HeaderFilterStrategy {

    @Override
    public boolean applyFilterToCamelHeaders(String name, Object value, Exchange exchange) {
        return name.startsWith("Camel") || name.equalsIgnoreCase(Exchange.CONTENT_TYPE);
    }

    @Override
    public boolean applyFilterToExternalHeaders(String name, Object value, Exchange exchange) {
        return !ResponseHeaderNames.isFromUpstream(name) && !isOfPassed(name, Attempt.find(exchange));
    }

    private static boolean isOfPassed(String name, Attempt attempt) {
        return attempt != null && attempt.request().body() instanceof PassedRequest passed
                && ResponseHeaderNames.isFromUpstreamOfPassed(name, passed.isContent());
    }
}
