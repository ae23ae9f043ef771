package dev.openaigateway.relay;

import dev.openaigateway.affinity.StoredObjects;
import dev.openaigateway.openai.UpstreamError;
import dev.openaigateway.provider.Providers;
import dev.openaigateway.provider.ResponseReader;
import dev.openaigateway.routing.Attempt;
import dev.openaigateway.routing.Outcome;
import dev.openaigateway.upstream.ResponseClassifier;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;

/** The last step of an instance's route: relays the upstream's response to the client. Thread-safe. */
public final class Relay implements Processor {

    private final StoredObjects objects;
    private final ResponseClassifier classifier;
    private final Providers providers;

    /** @param classifier for errors that arrive with a status of success */
    public Relay(StoredObjects objects, ResponseClassifier classifier, Providers providers) {
        this.objects = objects;
        this.classifier = classifier;
        this.providers = providers;
    }

    @Override
    public void process(Exchange exchange) throws IOException {
        Attempt attempt = Attempt.of(exchange);
        Message response = exchange.getMessage();
        InputStream upstream = response.getBody() instanceof InputStream stream ? stream : InputStream.nullInputStream();
        if (upstream instanceof GZIPInputStream) {
            upstream = new BoundedInflater(upstream);
        }
        ResponseReader reader = providers.of(attempt.instance().settings()).reader(attempt.request());
        Function<UpstreamError, Outcome> errors = error -> classifier.underSuccess(error, exchange);
        Object type = response.getHeader(Exchange.CONTENT_TYPE);
        try {
            if (type != null && type.toString().startsWith("text/event-stream")) {
                new StreamRelay(attempt, upstream, objects, reader, errors).run();
                response.setBody(null);
            } else {
                new BufferedRelay(attempt, exchange, objects, reader, errors).run(upstream);
            }
        } catch (IOException | RuntimeException e) {
            attempt.call().cancellation().cancel();
            throw e;
        }
    }
}
