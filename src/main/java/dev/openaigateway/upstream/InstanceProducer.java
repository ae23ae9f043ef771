package dev.openaigateway.upstream;

import dev.openaigateway.call.rule.GatewayEndpoints;
import dev.openaigateway.call.rule.HeadersBeforeResponse;
import dev.openaigateway.openai.Errors;
import dev.openaigateway.routing.Attempt;
import dev.openaigateway.routing.Instance;
import dev.openaigateway.routing.Policy;
import dev.openaigateway.routing.Stages;
import dev.openaigateway.routing.outcome.Outcome;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultProducer;
import org.apache.camel.support.service.ServiceHelper;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sends an exchange through an instance's route. Inside a {@code loadBalance} block the engine has already chosen the
 * instance. Elsewhere the producer lets the engine choose among the instances that the URI names.
 */
final class InstanceProducer extends DefaultProducer {

    private static final Policy SINGLE = new SingleInstance();

    private final InstanceEndpoint endpoint;
    private final InstanceComponent component;
    private final Stages stages;
    final Map<String, Producer> routes = new ConcurrentHashMap<>();

    InstanceProducer(InstanceEndpoint endpoint, InstanceComponent component) {
        super(endpoint);
        this.endpoint = endpoint;
        this.component = component;
        this.stages = Stages.of(component.instances(), endpoint, this);
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        Attempt attempt = Attempt.find(exchange);
        if (attempt != null && attempt.outcome() == null) {
            send(attempt, exchange);
        } else {
            boolean isAny = endpoint.selection().isAny();
            if (!isAny && component.instances().named(endpoint.selection().name()).isEmpty()) {
                throw Errors.ruleFailed("A rule names the instance '" + endpoint.selection().name() + "', which is not configured.").exception();
            }
            Policy policy = isAny ? component.configured() : SINGLE;
            component.engine().serve(exchange, policy, stages.stages());
        }
    }

    /** After a failure the message is again as the rule left it, for the next attempt and for the next step of the rule. */
    private void send(Attempt attempt, Exchange exchange) throws Exception {
        Message message = exchange.getMessage();
        Object body = message.getBody();
        Map<String, Object> headers = message.getHeaders();
        try {
            call(attempt, exchange);
            for (int further = 0; further < attempt.furtherCalls(); further++) {
                reset(exchange, message, body, headers);
                call(attempt, exchange);
            }
            HeadersBeforeResponse.save(exchange, headers);
            attempt.end(new Outcome.Succeeded(200));
        } catch (Exception e) {
            exchange.setException(null);
            reset(exchange, message, body, headers);
            attempt.end(ExceptionClassifier.outcome(e, attempt.call()));
        }
    }

    private void call(Attempt attempt, Exchange exchange) throws Exception {
        route(attempt.instance().routeKey()).process(exchange);
        if (exchange.getException() != null) {
            throw exchange.getException();
        }
    }

    private static void reset(Exchange exchange, Message message, Object body, Map<String, Object> headers) {
        message.setBody(body);
        message.setHeaders(headers);
        exchange.setMessage(message);
    }

    Producer route(String key) throws Exception {
        Producer known = routes.get(key);
        return known == null ? add(key) : known;
    }

    /** Each change of an instance may give it another route. A producer that is dropped holds nothing, and a call that still uses it goes on. */
    private synchronized Producer add(String key) throws Exception {
        if (!routes.containsKey(key)) {
            Producer route = endpoint.getCamelContext().getEndpoint(GatewayEndpoints.ofInstance(key)).createProducer();
            ServiceHelper.startService(route);
            routes.keySet().retainAll(component.instances().all().stream().map(Instance::routeKey).toList());
            routes.put(key, route);
        }
        return routes.get(key);
    }

    @Override
    protected void doStop() throws Exception {
        ServiceHelper.stopService(routes.values().toArray());
        routes.clear();
        super.doStop();
    }
}
