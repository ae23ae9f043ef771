package dev.openaigateway.recipient;

import org.apache.camel.Processor;
import org.apache.camel.processor.Enricher;
import org.apache.camel.processor.PollEnricher;

import java.util.Optional;
import java.util.regex.Pattern;

/** Steps that Camel does not optimise, whatever the rule says. */
final class PlainSteps {

    /** A reference or an endpoint whose name is computed, so that it may be that of a bean or a route of the version. */
    private static final Pattern COMPUTED = Pattern.compile("(#|%23)(bean(:|%3A))?[^\\w%]|\\b(bean|ref|jdbc|spring-jdbc|dataset|direct)(:|%3A)/{0,2}[^\\w]|^\\s*\\$");

    private PlainSteps() {
    }

    /**
     * Whether a step may send to an endpoint of its version. Camel's optimised sends would take the shared endpoint of a shorter URI, without
     * the rest of the request.
     *
     * @param text the URI or what computes it, as it stands in the rule: a text of a request that names a bean means nothing
     */
    static boolean mayBeOwn(Optional<OwnEndpoints> own, String text) {
        return own.isPresent() && (text == null || own.get().mayBeIn(text) || COMPUTED.matcher(text).find());
    }

    /** @param step a new one, which is not started */
    static Processor plain(Processor step) {
        if (step instanceof Enricher enricher) {
            enricher.setAllowOptimisedComponents(false);
        }
        if (step instanceof PollEnricher poll) {
            // An optimised poll computes the name of a file without the properties of the exchange, and takes an empty name for any file.
            poll.setAllowOptimisedComponents(false);
        }
        return step;
    }
}
