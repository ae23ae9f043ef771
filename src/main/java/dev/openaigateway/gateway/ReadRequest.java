package dev.openaigateway.gateway;

import dev.openaigateway.call.Call;
import dev.openaigateway.call.Client;
import dev.openaigateway.call.ModelRequest;
import dev.openaigateway.openai.ApiError;
import dev.openaigateway.openai.Errors;
import dev.openaigateway.openai.Operation;
import dev.openaigateway.openai.RequestBody;
import dev.openaigateway.openai.StoredResponseRequest;
import dev.openaigateway.routing.StoredResponseAffinity;
import dev.openaigateway.routing.StoredResponseAffinity.Owner;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.vertx.HttpMessage;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Reads what routing needs from the request. The exchange property {@code operation} names the operation, and
 * {@code deployment} the model where the path names it.
 */
public final class ReadRequest implements Processor {

    /** Exchange properties for rules. */
    public static final String MODEL = "model";
    public static final String STREAM = "stream";
    public static final String OPERATION = "operation";
    public static final String DEPLOYMENT = "deployment";

    private static final String PREVIOUS = "previous_response_id";

    private final Supplier<Duration> timeout;
    private final StoredResponseAffinity affinity;

    /** @param timeout for all attempts together */
    public ReadRequest(Supplier<Duration> timeout, StoredResponseAffinity affinity) {
        this.timeout = timeout;
        this.affinity = affinity;
    }

    @Override
    public void process(Exchange exchange) {
        Call call = Call.of(exchange);
        HttpMessage message = ClientRequest.message(exchange);
        Operation operation = Operation.fromPath(exchange.getProperty(OPERATION, String.class)).orElseThrow(() ->
                new IllegalStateException("The route " + exchange.getFromRouteId() + " sets no known operation."));
        RequestBody content = RequestContent.of(message, operation);
        Optional<Owner> owner = owner(call, operation, content);
        String model = model(exchange.getProperty(DEPLOYMENT, String.class), operation, content, owner);
        call.read(new ModelRequest(operation, content, model, message.getRequest().getParam("api-version"),
                owner.map(Owner::instance).orElse(null)));
        call.upstream().setDeadline(call.arrivedNanos() + timeout.get().toNanos());
        exchange.setProperty(MODEL, model);
        exchange.setProperty(STREAM, content.stream());
    }

    private static String model(String deployment, Operation operation, RequestBody content, Optional<Owner> owner) {
        if (content instanceof StoredResponseRequest) {
            return owner.map(Owner::model).orElse("");
        }
        String named = deployment == null ? content.model() : deployment;
        String model = named == null ? operation.defaultModel().orElse(null) : named;
        if (model == null || model.isBlank()) {
            throw Errors.missing("model").exception();
        }
        return model;
    }

    /**
     * A stored response, and one that goes on from it, are known only where it was made. To another client than the one
     * it was made for it does not exist. One made while no keys were set, or of unknown origin, is everyone's.
     */
    private Optional<Owner> owner(Call call, Operation operation, RequestBody content) {
        if (content instanceof StoredResponseRequest made) {
            return affinity.of(made.id()).map(owner -> require(call, owner, Errors.responseNotFound(made.id())));
        }
        return operation.acceptsPreviousResponse()
                ? content.text(PREVIOUS).flatMap(id -> affinity.of(id).map(owner -> require(call, owner, Errors.previousNotFound(id))))
                : Optional.empty();
    }

    private static Owner require(Call call, Owner owner, ApiError otherwise) {
        if (!owner.client().equals(call.clientName()) && !owner.client().equals(Client.ANONYMOUS.name())) {
            throw otherwise.exception();
        }
        return owner;
    }
}
