package dev.openaigateway.recipient;

import org.apache.camel.CamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.model.DynamicRouterDefinition;
import org.apache.camel.model.EnrichDefinition;
import org.apache.camel.model.RecipientListDefinition;
import org.apache.camel.model.RoutingSlipDefinition;
import org.apache.camel.model.ToDynamicDefinition;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What separates the URIs that the expression of a step gives, and how Camel reads each.
 *
 * @param text        null for a step that takes one URI
 * @param isOptimised whether Camel sends over HTTP by one endpoint for each host, and so reads path and query without decoding them
 */
record Delimiter(String text, boolean isOptimised) {

    static final Delimiter NONE = new Delimiter(null, true);
    static final Delimiter NONE_OF_PLAIN_SEND = new Delimiter(null, false);
    private static final String COMMA = ",";

    static Delimiter of(CamelContext context, NamedNode step) {
        if (step instanceof RecipientListDefinition<?> list) {
            Delimiter delimiter = of(context, list.getDelimiter());
            return "false".equalsIgnoreCase(delimiter.text) ? NONE_OF_PLAIN_SEND : delimiter;
        }
        if (step instanceof RoutingSlipDefinition<?> slip) {
            return of(context, slip.getUriDelimiter());
        }
        if (step instanceof DynamicRouterDefinition<?> router) {
            return of(context, router.getUriDelimiter());
        }
        String optimised = step instanceof ToDynamicDefinition send ? send.getAllowOptimisedComponents()
                : step instanceof EnrichDefinition enrich ? enrich.getAllowOptimisedComponents() : null;
        return optimised == null || !"false".equalsIgnoreCase(context.resolvePropertyPlaceholders(optimised)) ? NONE : NONE_OF_PLAIN_SEND;
    }

    private static Delimiter of(CamelContext context, String text) {
        return new Delimiter(text == null ? COMMA : context.resolvePropertyPlaceholders(text), false);
    }

    boolean isNone() {
        return text == null;
    }

    List<String> split(String uris) {
        return isNone() || text.isEmpty() ? List.of(uris) : List.of(uris.split(Pattern.quote(text)));
    }

    /** The part of the text that belongs to the last of its URIs. */
    String lastOf(String uris) {
        return isNone() ? uris : uris.substring(text.isEmpty() || !uris.contains(text) ? 0 : uris.lastIndexOf(text) + text.length()).strip();
    }

    boolean isAtEndOf(CharSequence uris) {
        return !isNone() && !text.isEmpty() && uris.toString().endsWith(text);
    }

    /** Whether Camel may separate the URIs elsewhere: it keeps commas together that it takes for those between parameters in parentheses. */
    boolean isUnclear(String uris) {
        return !isNone() && (text.isEmpty() || COMMA.equals(text) && uris.contains("("));
    }

    /** Whether the text could be a part of the delimiter, also of one that begins in another text. */
    boolean isTouchedBy(String value) {
        return !isNone() && value.chars().anyMatch(each -> text.indexOf(each) >= 0);
    }
}
