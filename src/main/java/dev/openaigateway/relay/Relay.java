package dev.openaigateway.relay;

import dev.openaigateway.routing.Attempt;
import dev.openaigateway.routing.Outcome;
import dev.openaigateway.routing.ResponseOwners;
import dev.openaigateway.upstream.Judge;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;

/** The last step of an instance's route: brings the upstream's answer to the client. */
public final class Relay implements Processor {

    private final ResponseOwners owners;
    private final Judge judge;

    /** @param judge of errors that come under a status of success */
    public Relay(ResponseOwners owners, Judge judge) {
        this.owners = owners;
        this.judge = judge;
    }

    @Override
    public void process(Exchange exchange) throws IOException {
        Attempt attempt = Attempt.of(exchange);
        Message answer = exchange.getMessage();
        InputStream upstream = answer.getBody() instanceof InputStream stream ? stream : InputStream.nullInputStream();
        if (upstream instanceof GZIPInputStream) {
            upstream = new Unpacked(upstream);
        }
        Function<byte[], Outcome> errors = error -> judge.underSuccess(error, exchange);
        Object type = answer.getHeader(Exchange.CONTENT_TYPE);
        try {
            if (type != null && type.toString().startsWith("text/event-stream")) {
                new StreamRelay(attempt, upstream, owners, errors).run();
                answer.setBody(null);
            } else {
                new WholeRelay(attempt, exchange, owners, errors).run(upstream);
            }
        } catch (IOException | RuntimeException e) {
            attempt.call().upstream().cut();
            throw e;
        }
    }
}
