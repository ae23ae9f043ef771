package dev.openaigateway.explain;

import com.fasterxml.jackson.databind.node.ValueNode;
import dev.openaigateway.call.rule.RuleHeaders;
import dev.openaigateway.call.rule.RuleValue;
import dev.openaigateway.explain.RuleStep.Change;
import org.apache.camel.Exchange;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The request at one moment of a dry run: body, headers and properties.
 *
 * @param body       the object on the exchange
 * @param bodyText   its text at that moment; null if it has none
 * @param headers    by name in lower case, without those of Camel
 * @param upstream   the headers that rules have set for the upstream
 * @param properties without those of Camel
 */
record RequestState(Object body, String bodyText, Map<String, Object> headers, Map<String, Object> upstream, Map<String, Object> properties) {

    /** Shown in place of a secret. */
    static final String HIDDEN = "***";

    private static final Pattern SECRET = Pattern.compile("(?i).*(authorization|key|token$|secret|password|cookie|credential).*");

    static RequestState of(Exchange exchange) {
        Map<String, Object> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        exchange.getMessage().getHeaders().forEach((name, value) -> {
            if (!name.startsWith("Camel")) {
                headers.put(name, value);
            }
        });
        Map<String, Object> properties = new HashMap<>(exchange.getProperties());
        properties.keySet().removeIf(name -> name.startsWith("Camel"));
        Object body = exchange.getMessage().getBody();
        return new RequestState(body, BodyChanges.of(body), headers, new TreeMap<>(RuleHeaders.of(exchange)), properties);
    }

    static boolean isSecret(String name) {
        return name != null && SECRET.matcher(name).matches();
    }

    /** What has changed on the exchange since then, by name. */
    Map<String, Change> changes(Exchange exchange) {
        RequestState now = of(exchange);
        Map<String, Change> changes = new LinkedHashMap<>();
        if (!Objects.equals(bodyText, now.bodyText)) {
            changes.putAll(BodyChanges.changes(bodyText, now.bodyText));
        }
        compare("header.", headers, now.headers, changes);
        compare("upstream.", upstream, now.upstream, changes);
        compare("", properties, now.properties, changes);
        return changes;
    }

    private static void compare(String prefix, Map<String, Object> before, Map<String, Object> after, Map<String, Change> changes) {
        Set<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        for (String name : names) {
            Object from = before.get(name);
            Object to = after.get(name);
            if (!Objects.equals(from, to)) {
                changes.put(prefix + name, new Change(shown(name, from), shown(name, to)));
            }
        }
    }

    private static Object shown(String name, Object value) {
        if (value == null || value instanceof Number || value instanceof Boolean || value instanceof ValueNode node && !node.isTextual()) {
            return value;
        }
        return isSecret(name) ? HIDDEN : BodyChanges.cut(RuleValue.text(value));
    }
}
