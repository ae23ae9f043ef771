package dev.openaigateway.recipient;

import java.util.Set;

/** Where a function stands in a URI. */
final class UriPosition {

    /** Components that evaluate no expression in their name and their options. */
    private static final Set<String> PASSIVE = Set.of("direct", "http", "https", "instance", "seda");
    private static final Set<String> HTTP = Set.of("http", "https");
    private static final Set<String> EVALUATING = Set.of("reject", "request");

    private final String scheme;
    private final boolean isOption;
    private final boolean isEncodedBySend;
    private final Delimiter delimiter;
    /** Whether the text may belong to another endpoint than it seems. */
    private final boolean isUnclear;

    /**
     * @param before    what stands before it, without the results of other functions. In a list of URIs, the last of them counts.
     * @param delimiter what separates the URIs
     */
    UriPosition(String before, Delimiter delimiter) {
        String uri = delimiter.lastOf(before);
        this.delimiter = delimiter;
        this.isUnclear = delimiter.isUnclear(before);
        this.scheme = uri.contains(":") ? uri.substring(0, uri.indexOf(':')) : "";
        this.isOption = uri.contains("?");
        this.isEncodedBySend = isOption && delimiter.isNone() && HTTP.contains(scheme);
    }

    boolean isEvaluatedByComponent() {
        return !isUnclear && isOption && EVALUATING.contains(scheme);
    }

    /**
     * The text as it stands in the URI.
     *
     * @throws dev.openaigateway.openai.ApiException {@code rule_error} if Camel would not take it for text even if it is encoded
     */
    String text(String value) {
        if (isUnclear) {
            ClientText.requireName(value);
        }
        String text = inUri(value);
        ClientText.requireNoDelimiter(delimiter, text);
        return text;
    }

    private String inUri(String value) {
        if (!PASSIVE.contains(scheme)) {
            ClientText.requireNothingEvaluated(value);
        }
        if (isOption) {
            ClientText.requireOption(value);
            if (isEncodedBySend) {
                ClientText.requireValue(value);
                return value;
            }
            return ClientText.encoded(value);
        }
        ClientText.requirePath(value);
        return ClientText.encodedPath(value);
    }
}
