package dev.openaigateway.gateway;

import dev.openaigateway.affinity.Owner;
import dev.openaigateway.affinity.StoredObjects;
import dev.openaigateway.affinity.StoredObjects.Located;
import dev.openaigateway.call.Call;
import dev.openaigateway.call.ModelRequest;
import dev.openaigateway.call.rule.RuleProperties;
import dev.openaigateway.config.LiveSettings;
import dev.openaigateway.config.LiveSettings.Derived;
import dev.openaigateway.config.ModelCatalogue;
import dev.openaigateway.config.RoutingSettings;
import dev.openaigateway.config.Settings;
import dev.openaigateway.openai.ClientQuery;
import dev.openaigateway.openai.Errors;
import dev.openaigateway.openai.Operation;
import dev.openaigateway.openai.body.ModelName;
import dev.openaigateway.openai.body.PassedRequest;
import dev.openaigateway.openai.body.RequestBody;
import dev.openaigateway.openai.body.StoredObjectRequest;
import dev.openaigateway.request.RequestFacts;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.vertx.HttpMessage;

import java.util.Optional;

/**
 * Reads the data that routing needs from the request. The exchange property {@code operation} names the operation. If the
 * path names a deployment, that is the model. An alias is replaced by its target.
 */
public final class ReadRequest implements Processor {

    private final LiveSettings settings;
    private final Derived<ModelCatalogue> catalogue;
    private final StoredObjects objects;
    private final RequestFacts facts;

    public ReadRequest(LiveSettings settings, StoredObjects objects, RequestFacts facts) {
        this.facts = facts;
        this.settings = settings;
        this.catalogue = settings.derive(now -> new ModelCatalogue(now.models()));
        this.objects = objects;
    }

    @Override
    public void process(Exchange exchange) {
        Call call = Call.require(exchange);
        HttpMessage message = ClientRequest.message(exchange);
        Operation operation = Operation.fromPath(exchange.getProperty(RuleProperties.OPERATION, String.class)).orElseThrow(() ->
                new IllegalStateException("The route " + exchange.getFromRouteId() + " sets no known operation."));
        RequestBody content = RequestContent.of(message, operation);
        Located home = objects.locate(call, operation, content);
        String named = model(OpenAiPath.deployment(exchange), operation, content, home.owner());
        String model = catalogue.get().target(named);
        String query = message.getRequest().query();
        call.read(new ModelRequest(operation, content, model, named.equals(model) ? null : named,
                ClientQuery.version(query), ClientQuery.passedOn(query), home.placement()));
        RoutingSettings routing = settings.get().routing();
        call.cancellation().setDeadline(call.arrivedNanos() + routing.timeout().toNanos());
        if (!routing.hardTimeout()) {
            call.cancellation().waitWhileAlive(routing.timeout());
        }
        if (settings.get().routing().traceHeader()) {
            call.showAttempts();
        }
        facts.show(exchange, call);
        setIfPresent(exchange, RuleProperties.DEPLOYMENT, OpenAiPath.deployment(exchange));
        setIfPresent(exchange, RuleProperties.QUERY, query);
    }

    private static void setIfPresent(Exchange exchange, String property, String value) {
        if (value != null) {
            exchange.setProperty(property, value);
        }
    }

    private String model(String deployment, Operation operation, RequestBody content, Owner owner) {
        if (content instanceof StoredObjectRequest || content instanceof PassedRequest) {
            return ownersModel(owner).orElse("");
        }
        String named = deployment == null ? content.model() : deployment;
        ModelName.check(named);
        String model = named == null ? operation.defaultModel().or(() -> unnamed(operation)).or(() -> ownersModel(owner)).orElse(null) : named;
        if (model == null || named != null && model.isBlank()) {
            throw Errors.missing("model").exception();
        }
        return model;
    }

    /** As the client named the model of the stored object that the request continues or is about; empty if that is not known. */
    private static Optional<String> ownersModel(Owner owner) {
        return Optional.ofNullable(owner).map(known -> known.alias() == null ? known.model() : known.alias()).filter(model -> !model.isEmpty());
    }

    /** Of a response a stored prompt may name the model, so an instance that takes any model can know it; then it is empty here. */
    private Optional<String> unnamed(Operation operation) {
        Settings now = settings.get();
        boolean isKnownUpstream = operation.acceptsPreviousResponse()
                && now.instances().stream().anyMatch(instance -> instance.enabled() && instance.servesAnyModel());
        return isKnownUpstream ? Optional.of("") : now.routing().defaultModel();
    }
}
