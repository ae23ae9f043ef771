package dev.openaigateway.admin;

import io.vertx.core.http.HttpServerRequest;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.vertx.HttpMessage;

import java.util.Locale;

/** Redirects a browser from {@code /} to the page for operators. Other clients get the health check's response. Thread-safe. */
public final class Root implements Processor {

    private static final String PAGE = "/dashboard";

    private final Alive alive = new Alive();

    @Override
    public void process(Exchange exchange) {
        HttpMessage message = exchange.getMessage(HttpMessage.class);
        HttpServerRequest request = message.getRequest();
        message.getResponse().headers().add("Vary", "Accept");
        if (isBrowser(request.getHeader("Accept"))) {
            message.getHeaders().clear();
            message.getResponse().headers().set("Location", PAGE);
            message.setHeader(Exchange.HTTP_RESPONSE_CODE, 302);
            message.setBody(null);
        } else {
            alive.process(exchange);
        }
    }

    private static boolean isBrowser(String accept) {
        return accept != null && accept.toLowerCase(Locale.ROOT).contains("text/html");
    }
}
