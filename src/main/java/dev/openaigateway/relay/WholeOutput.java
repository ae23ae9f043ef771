package dev.openaigateway.relay;

import dev.openaigateway.call.Call;
import dev.openaigateway.call.ResponseHeaders;
import dev.openaigateway.routing.Attempt;
import dev.openaigateway.routing.outcome.Outcome;
import io.vertx.core.buffer.Buffer;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** Ends an attempt with a whole response, which is set on the exchange. */
final class WholeOutput {

    private WholeOutput() {
    }

    static void send(Attempt attempt, Message response, byte[] body) {
        Call call = attempt.call();
        call.result().contentSeen(System.nanoTime());
        attempt.end(new Outcome.Succeeded(response.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class)));
        call.result().relayedHeaders().values().keySet().forEach(response::removeHeader);
        ResponseHeaders.of(call).forEach(response::setHeader);
        response.setBody(Buffer.buffer(body));
    }
}
