package dev.openaigateway.recipient;

import java.util.Set;

/** The gateway's own components that rules use. They only compute on the exchange, or give it to one of the gateway's own routes. */
public final class OwnComponents {

    private static final Set<String> EVALUATING = Set.of("reject", "request");

    private OwnComponents() {
    }

    public static boolean contain(String scheme) {
        return evaluateOptions(scheme) || "instance".equals(scheme);
    }

    /** Whether all options of the component are texts, in which it evaluates expressions itself, and which are no references to beans. */
    public static boolean evaluateOptions(String scheme) {
        return EVALUATING.contains(scheme);
    }
}
