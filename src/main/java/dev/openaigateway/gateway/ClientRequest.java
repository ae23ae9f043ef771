package dev.openaigateway.gateway;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.platform.http.vertx.HttpMessage;

/** The HTTP request as the server parsed it. Camel's headers are not used, because they also contain query parameters. */
final class ClientRequest {

    private ClientRequest() {
    }

    static HttpMessage message(Exchange exchange) {
        Message message = exchange.getMessage();
        if (message instanceof HttpMessage http) {
            return http;
        }
        throw new IllegalStateException("direct:gateway serves HTTP requests only; start its routes from 'platform-http:'.");
    }
}
