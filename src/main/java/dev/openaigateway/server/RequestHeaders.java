package dev.openaigateway.server;

import dev.openaigateway.security.NamedHeaders;
import io.vertx.core.http.HttpServerRequest;

import java.util.Collection;

/** The headers of an HTTP request. */
public record RequestHeaders(HttpServerRequest request) implements NamedHeaders {

    @Override
    public String value(String name) {
        return request.getHeader(name);
    }

    @Override
    public Collection<String> names() {
        return request.headers().names();
    }
}
