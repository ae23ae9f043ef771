package dev.openaigateway.reload;

import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;
import org.apache.camel.support.service.ServiceHelper;

import java.util.HashMap;
import java.util.Map;

/**
 * Doors under the names that the endpoints of the rules have in the file. Each leads to the route of the active version
 * that begins there; the routes themselves listen under names with the version's number. A door passes an exchange on
 * in the same thread. Changed by one thread at a time, entered by many.
 */
final class RulesSwitch {

    private final class Door extends AsyncProcessorSupport {

        private final String name;

        Door(String name) {
            this.name = name;
        }

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            AsyncProcessor rules = active.get(name);
            if (rules == null) {
                exchange.setException(new IllegalStateException("The active rules have no route that begins with '" + name + "'."));
                callback.done(true);
                return true;
            }
            return rules.process(exchange, callback);
        }
    }

    private final CamelContext context;
    private final Map<String, Door> doors = new HashMap<>();
    private volatile Map<String, AsyncProcessor> active = Map.of();

    RulesSwitch(CamelContext context) {
        this.context = context;
    }

    /** From now on the endpoints as the file names them lead to this version, whose routes are started. */
    void lead(RulesVersion now) throws Exception {
        Map<String, AsyncProcessor> producers = new HashMap<>();
        for (Map.Entry<String, String> endpoint : now.endpoints().entrySet()) {
            AsyncProcessor producer = context.getEndpoint(endpoint.getValue()).createAsyncProducer();
            ServiceHelper.startService(producer);
            producers.put(endpoint.getKey(), producer);
        }
        active = Map.copyOf(producers);
        for (String name : now.endpoints().keySet()) {
            if (!doors.containsKey(name)) {
                Door door = new Door(name);
                ServiceHelper.startService(context.getEndpoint(name).createConsumer(door));
                doors.put(name, door);
            }
        }
    }
}
