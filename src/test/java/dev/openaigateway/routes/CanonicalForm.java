package dev.openaigateway.routes;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Checks one mapping of a route file. Visual editors open only the canonical form. */
record CanonicalForm(String path, JsonNode node) {

    private static final Set<String> LANGUAGES = Set.of("simple", "constant", "header", "exchangeProperty", "jsonpath", "jq", "method", "ref");
    private static final Set<String> SENDERS = Set.of("to", "from", "wireTap", "process", "log", "setBody", "setHeader", "setProperty");
    /** Components of the gateway whose parameters are texts for the request or the client, and no part of an address. */
    private static final Set<String> TEXTS = Set.of("request", "reject");
    private static final Set<String> COMPUTED_ADDRESSES = Set.of("toD", "recipientList", "routingSlip", "dynamicRouter", "enrich", "pollEnrich");

    List<String> faults() {
        List<String> faults = new ArrayList<>();
        node.properties().forEach(member -> check(member.getKey(), member.getValue(), faults));
        return faults;
    }

    private void check(String key, JsonNode value, List<String> faults) {
        if (SENDERS.contains(key) && !value.isObject()) {
            faults.add(key + " must be a mapping");
        }
        if (LANGUAGES.contains(key) && value.isObject() && !path.toLowerCase(Locale.ROOT).endsWith("expression") && !path.endsWith("/handled")) {
            faults.add(key + " must be under expression");
        }
        if (key.equals("expression") && value.isTextual() && !isLanguage(path)) {
            faults.add("expression must name a language");
        }
        if (COMPUTED_ADDRESSES.contains(key)) {
            faults.add(key + " computes an address from the request");
        }
        if (key.equals("uri")) {
            checkAddress(value.asText(), faults);
        }
        if (key.equals("parameters") && !TEXTS.contains(node.path("uri").asText().split(":")[0])) {
            value.properties().stream().filter(option -> hasRequestText(option.getValue().asText()))
                    .forEach(option -> faults.add(option.getKey() + " contains text of the request"));
        }
    }

    private static void checkAddress(String uri, List<String> faults) {
        if (uri.contains("?")) {
            faults.add("parameters of " + uri + " must be under parameters");
        }
        if (hasRequestText(uri)) {
            faults.add(uri + " contains text of the request");
        }
    }

    /** A parameter of an SQL statement is bound, so it is not part of the text. A date is not of the request. */
    private static boolean hasRequestText(String text) {
        return text.replace(":#${", "").replace("${date:", "").contains("${");
    }

    private static boolean isLanguage(String path) {
        return LANGUAGES.contains(path.substring(path.lastIndexOf('/') + 1));
    }
}
