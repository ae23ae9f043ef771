package dev.openaigateway.routing.policy;

import dev.openaigateway.call.Call;
import dev.openaigateway.call.Client;
import dev.openaigateway.call.rule.RuleProperties;
import dev.openaigateway.call.rule.RuleValue;
import dev.openaigateway.routing.Attempt;
import dev.openaigateway.routing.Candidate;
import dev.openaigateway.routing.Policy;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;

import java.util.ArrayList;
import java.util.List;

/**
 * Keeps the requests of one key on one instance, chosen by a hash of the key among the available ones. If that instance fails,
 * the next in the key's order takes over, and the key stays there for a while when the first is back. A short limit on the
 * first does not move the key. Requests without a key are distributed by weight.
 *
 * <p>The key is that of {@link #setKey}, else the exchange property {@value #KEY}, else the session, else the user, else the
 * client of the request.
 */
public final class Sticky implements Policy {

    /** The exchange property by which a rule sets the key. */
    public static final String KEY = "sticky_key";

    private static final List<String> SOURCES = List.of(RuleProperties.SESSION, RuleProperties.USER);

    private final Weighted withoutKey = new Weighted();
    private String key;
    private volatile Expression expression;
    private volatile StickyBindings bindings;

    /** The key is set by {@link #setKey}, or found in each request. */
    public Sticky() {
    }

    /** @param key gives the key of each request */
    Sticky(Expression key) {
        this.expression = key;
    }

    /**
     * Sets the key of all requests, for a bean of this class.
     *
     * @param expression in the simple language, such as {@code ${header.x-team}}
     * @throws IllegalArgumentException if the expression has no part that depends on the request
     */
    public void setKey(String expression) {
        if (!expression.contains("${") && !expression.contains("$simple{")) {
            throw new IllegalArgumentException("key \"" + expression + "\" must be a simple expression such as ${header.x-team}");
        }
        if (expression.chars().filter(each -> each == '{').count() != expression.chars().filter(each -> each == '}').count()) {
            throw new IllegalArgumentException("key \"" + expression + "\" must be a simple expression, in which each ${ has its }");
        }
        key = expression;
    }

    public String getKey() {
        return key;
    }

    @Override
    public Policy forRequest(Exchange exchange) {
        String text = text(exchange);
        return text == null ? this : new Keyed(RendezvousHash.hash(text), bindings(exchange));
    }

    @Override
    public List<Candidate> order(List<Candidate> candidates, String model) {
        return withoutKey.order(candidates, model);
    }

    @Override
    public List<Candidate> preview(List<Candidate> candidates, String model) {
        return withoutKey.preview(candidates, model);
    }

    @Override
    public String reason(Candidate candidate, List<Candidate> among, String model) {
        return "no key; " + withoutKey.reason(candidate, among, model);
    }

    /** Null if the request has no key. */
    private String text(Exchange exchange) {
        if (key != null || expression != null) {
            return text(expression(exchange).evaluate(exchange, Object.class));
        }
        String given = text(exchange.getProperty(KEY));
        if (given != null) {
            return given;
        }
        Call call = Call.find(exchange);
        String client = call == null || call.clientName() == null ? Client.ANONYMOUS.name() : call.clientName();
        for (String property : SOURCES) {
            String value = text(exchange.getProperty(property));
            if (value != null) {
                return client + "\n" + property + "\n" + value;
            }
        }
        return Client.isAnonymous(client) ? null : client;
    }

    private static String text(Object value) {
        String text = RuleValue.text(value);
        return text == null || text.isBlank() ? null : text.strip();
    }

    private Expression expression(Exchange exchange) {
        if (expression == null) {
            Expression compiled = exchange.getContext().resolveLanguage("simple").createExpression(key);
            compiled.init(exchange.getContext());
            expression = compiled;
        }
        return expression;
    }

    private StickyBindings bindings(Exchange exchange) {
        if (bindings == null) {
            bindings = exchange.getContext().getRegistry().lookupByNameAndType(StickyBindings.BEAN, StickyBindings.class);
        }
        return bindings;
    }

    /** The order of one key. */
    private record Keyed(long key, StickyBindings bindings) implements Policy {

        @Override
        public List<Candidate> order(List<Candidate> candidates, String model) {
            List<Candidate> order = RendezvousHash.order(candidates, key);
            String bound = bindings.instance(of(model));
            for (int i = 1; bound != null && i < order.size(); i++) {
                if (order.get(i).instance().name().equals(bound)) {
                    order.add(0, order.remove(i));
                }
            }
            return order;
        }

        @Override
        public String reason(Candidate candidate, List<Candidate> among, String model) {
            return candidate.instance().name().equals(bindings.instance(of(model)))
                    ? "the key is bound to it since another failed" : "in the order of the key's hash, weight " + candidate.weight();
        }

        @Override
        public void responded(Attempt attempt, List<Candidate> offered) {
            String model = attempt.request().model();
            List<Candidate> serving = new ArrayList<>(offered);
            serving.removeIf(candidate -> !candidate.instance().settings().enabled() || !candidate.instance().settings().serves(model));
            Candidate first = serving.isEmpty() ? null : RendezvousHash.order(serving, key).get(0);
            if (first == null || first.instance().name().equals(attempt.instance().name())) {
                bindings.release(of(model));
            } else if (!ShortLimit.isOn(first, model)) {
                bindings.bind(of(model), attempt.instance().name());
            }
        }

        private long of(String model) {
            return RendezvousHash.mix(key ^ model.hashCode());
        }

        @Override
        public String name() {
            return "sticky";
        }
    }
}
