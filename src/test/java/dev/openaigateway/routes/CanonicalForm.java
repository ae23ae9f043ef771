package dev.openaigateway.routes;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** One mapping of a route file, and what is wrong with it. Visual editors open the canonical form alone. */
record CanonicalForm(String path, JsonNode node) {

    private static final Set<String> LANGUAGES = Set.of("simple", "constant", "header", "exchangeProperty", "jsonpath", "jq", "method", "ref");
    private static final Set<String> SENDERS = Set.of("to", "from", "wireTap", "process", "log", "setBody", "setHeader", "setProperty");
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
        if (LANGUAGES.contains(key) && value.isObject() && !path.endsWith("/expression") && !path.endsWith("/handled")) {
            faults.add(key + " must stand under expression");
        }
        if (key.equals("expression") && value.isTextual() && !isLanguage(path)) {
            faults.add("expression must name a language");
        }
        if (COMPUTED_ADDRESSES.contains(key)) {
            faults.add(key + " makes an address of the request");
        }
        if (key.equals("uri")) {
            checkAddress(value.asText(), faults);
        }
        if (path.endsWith("/parameters") && hasTextOfRequest(value.asText())) {
            faults.add(key + " holds a text of the request");
        }
    }

    private static void checkAddress(String uri, List<String> faults) {
        if (uri.contains("?")) {
            faults.add("parameters of " + uri + " must stand under parameters");
        }
        if (hasTextOfRequest(uri)) {
            faults.add(uri + " holds a text of the request");
        }
    }

    /** A parameter of an SQL statement is bound, and does not become part of it. */
    private static boolean hasTextOfRequest(String text) {
        return text.replace(":#${", "").contains("${");
    }

    private static boolean isLanguage(String path) {
        return LANGUAGES.contains(path.substring(path.lastIndexOf('/') + 1));
    }
}
