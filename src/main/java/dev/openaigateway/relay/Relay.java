package dev.openaigateway.relay;

import dev.openaigateway.affinity.StoredObjects;
import dev.openaigateway.call.Call;
import dev.openaigateway.call.ModelRequest;
import dev.openaigateway.openai.ApiException;
import dev.openaigateway.openai.body.PassedRequest;
import dev.openaigateway.provider.Providers;
import dev.openaigateway.provider.ResponseReader;
import dev.openaigateway.relay.attempt.RequestedForm;
import dev.openaigateway.relay.body.BodyPrefix;
import dev.openaigateway.routing.Attempt;
import dev.openaigateway.routing.outcome.AttemptFailedException;
import dev.openaigateway.routing.outcome.Outcome;
import dev.openaigateway.upstream.ErrorsUnderSuccess;
import dev.openaigateway.upstream.MediaType;
import dev.openaigateway.upstream.ResponseClassifier;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

import java.io.IOException;
import java.io.InputStream;

/**
 * The last step of an instance's route: relays the upstream's response to the client, as a stream or whole, as the client
 * requested it. Thread-safe.
 */
public final class Relay implements Processor {

    private final StoredObjects objects;
    private final ResponseClassifier classifier;
    private final Providers providers;

    /** Passes responses on; the classifier judges errors that arrive with a status of success. */
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
        ResponseReader reader = providers.of(attempt.instance().settings()).reader(attempt.request());
        ErrorsUnderSuccess errors = classifier.underSuccess(exchange);
        try {
            relay(attempt, exchange, upstream, reader, errors);
        } catch (ApiException e) {
            attempt.call().cancellation().cancel();
            throw dropped(attempt.call(), e);
        } catch (IOException | RuntimeException e) {
            attempt.call().cancellation().cancel();
            throw e;
        }
    }

    /** The upstream has responded with success, so it bills the request although the gateway has no room for its response. */
    private static AttemptFailedException dropped(Call call, ApiException error) {
        if (!call.result().isUsageKnown() && call.result().completionCounter() != null) {
            call.result().completionCounter().markUnknown();
        }
        return new AttemptFailedException(new Outcome.Dropped(error));
    }

    private void relay(Attempt attempt, Exchange exchange, InputStream upstream, ResponseReader reader, ErrorsUnderSuccess errors)
            throws IOException {
        ModelRequest request = attempt.call().received();
        if (request.body() instanceof PassedRequest passed) {
            new PassedRelay(attempt, exchange.getMessage(), objects, reader, errors).run(passed, upstream);
            return;
        }
        MediaType type = MediaType.of(exchange.getMessage());
        if (!request.stream() && !type.isEventStream() || type.isMedia() || RequestedForm.changesObject(request)) {
            new BufferedRelay(attempt, exchange, objects, reader, errors).run(upstream);
            return;
        }
        BodyPrefix beginning = BodyPrefix.of(upstream);
        boolean stream = beginning.isStream() || type.isEventStream() && !beginning.isJson() && !beginning.isList();
        if (stream && (request.stream() || !RequestedForm.isJson(request))) {
            new StreamRelay(attempt, upstream, objects, reader, errors, RequestedForm.progress(attempt.call().request(), exchange.getMessage()))
                    .run(beginning);
            exchange.getMessage().setBody(null);
        } else {
            BufferedRelay whole = new BufferedRelay(attempt, exchange, objects, reader, errors);
            if (stream) {
                whole.assemble(beginning, upstream);
            } else {
                whole.run(beginning.followedBy(upstream));
            }
        }
    }
}
