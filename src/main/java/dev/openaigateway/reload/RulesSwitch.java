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
 * Entry points under the endpoint names of the rules file. Each forwards an exchange, in the same thread, to the active
 * version's route that begins there; the routes themselves listen under names with the version's number. Many threads may
 * use the entry points; only one at a time may switch them.
 */
final class RulesSwitch {

    private final class EntryPoint extends AsyncProcessorSupport {

        private final String name;

        EntryPoint(String name) {
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
    private final Map<String, EntryPoint> entryPoints = new HashMap<>();
    private volatile Map<String, AsyncProcessor> active = Map.of();

    RulesSwitch(CamelContext context) {
        this.context = context;
    }

    /** Makes the entry points forward to this version, whose routes must be started. */
    void switchTo(RulesVersion next) throws Exception {
        Map<String, AsyncProcessor> producers = new HashMap<>();
        for (Map.Entry<String, String> endpoint : next.endpoints().entrySet()) {
            AsyncProcessor producer = context.getEndpoint(endpoint.getValue()).createAsyncProducer();
            ServiceHelper.startService(producer);
            producers.put(endpoint.getKey(), producer);
        }
        active = Map.copyOf(producers);
        for (String name : next.endpoints().keySet()) {
            if (!entryPoints.containsKey(name)) {
                EntryPoint entryPoint = new EntryPoint(name);
                ServiceHelper.startService(context.getEndpoint(name).createConsumer(entryPoint));
                entryPoints.put(name, entryPoint);
            }
        }
    }
}
