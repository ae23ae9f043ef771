package dev.openaigateway.gateway;

import dev.openaigateway.openai.Errors;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.platform.http.vertx.HttpMessage;

/** The HTTP request as the server parsed it. Camel's headers are not used, because they also contain query parameters. */
final class ClientRequest {

    private ClientRequest() {
    }

    /** @throws dev.openaigateway.openai.ApiException 500 if the message is none of the HTTP server */
    static HttpMessage message(Exchange exchange) {
        Message message = exchange.getMessage();
        if (message instanceof HttpMessage http) {
            return http;
        }
        throw Errors.ruleFailed("direct:gateway serves requests from 'platform-http:' only, and a step before 'gateway-read' must not set the "
                + "message body; change it after the step 'gateway-read'.").exception();
    }
}
