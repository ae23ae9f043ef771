package dev.openaigateway.recipient;

import org.apache.camel.CamelContext;

import java.util.Set;

/** A place in a URI, by what stands before it. */
final class UriPosition {

    private static final Set<String> HTTP = Set.of("http", "https");

    private final CamelContext context;
    private final Delimiter delimiter;
    /** Whether the text may belong to another endpoint than it seems. */
    private final boolean isUnclear;
    private final boolean mayBeKept;
    private final String scheme;
    private final EvaluatedText component;
    /** What follows the component. */
    private final String rest;
    private final boolean isOption;
    /** The part of the option before this place: its name, or its name and the beginning of its value. */
    private final String option;

    /**
     * @param before    what stands before it, without the results of other functions. In a list of URIs, the last of them counts.
     * @param delimiter what separates the URIs
     */
    UriPosition(CamelContext context, String before, Delimiter delimiter) {
        String uri = delimiter.lastOf(before).stripLeading();
        int colon = uri.indexOf(':');
        this.context = context;
        this.delimiter = delimiter;
        this.isUnclear = delimiter.isUnclear(before);
        this.mayBeKept = isUnclear && KeptNames.mayFollow(before);
        this.scheme = colon < 0 ? "" : uri.substring(0, colon);
        this.component = EvaluatedText.of(scheme);
        this.rest = uri.substring(colon + 1);
        this.isOption = rest.contains("?");
        this.option = rest.substring(Math.max(rest.indexOf('?'), rest.lastIndexOf('&')) + 1);
    }

    boolean isEvaluatedByComponent() {
        return !isUnclear && isOption && OwnComponents.evaluateOptions(scheme);
    }

    /** Whether the next place begins behind the character, if the rule has written it here. */
    boolean isEndedBy(char next) {
        if (scheme.isEmpty()) {
            return next == ':';
        }
        return isOption ? next == '&' || next == '=' && isName() : next == '/' || next == '?';
    }

    private boolean isName() {
        return option.indexOf('=') < 0;
    }

    private String name() {
        return option.substring(0, option.indexOf('='));
    }

    private boolean isHost() {
        return HTTP.contains(scheme) && rest.replaceFirst("^/*", "").indexOf('/') < 0;
    }

    UriPlace place() {
        if (isEvaluatedByComponent()) {
            return UriPlace::joined;
        }
        UriPlace place = isUnclear ? UriPlace.of(mayBeKept ? ClientText::requireNoKeptName : ClientText::requireName, whole -> { }, ClientText::encoded)
                : component.checked(clear());
        return pieces -> {
            pieces.stream().filter(piece -> !piece.isOfRule()).forEach(piece -> ClientText.requireNoDelimiter(delimiter, encoded(piece.text())));
            return place.of(pieces);
        };
    }

    private String encoded(String text) {
        return isOption ? ClientText.encoded(text) : ClientText.encodedPath(text);
    }

    private UriPlace clear() {
        if (isOption && !isName() && KeptNames.areValueOf(scheme, name()) || !isOption && KeptNames.arePathOf(scheme)) {
            return UriPlace.of(ClientText::requireNoKeptName, whole -> { }, ClientText::encoded);
        }
        if (isOption) {
            return isName() ? UriPlace.of(ClientText::requireNone, whole -> { }, ClientText::encoded) : value(name());
        }
        if (CodeComponents.contain(scheme)) {
            return UriPlace.of(ClientText::requireNoCode, whole -> { }, ClientText::encodedPath);
        }
        if (scheme.isEmpty()) {
            return UriPlace.of(ClientText::requirePath, ClientText::requireEndpoint, ClientText::encodedPath);
        }
        if (isHost()) {
            return UriPlace.of(ClientText::requireHost, whole -> { }, ClientText::encodedPath);
        }
        return HTTP.contains(scheme) ? urlPath() : UriPlace.of(EvaluatedText.isBean(scheme) ? ClientText::requireBean : ClientText::requirePath,
                ClientText::requireNoParent, ClientText::encodedPath);
    }

    private UriPlace urlPath() {
        return delimiter.isOptimised() ? UriPlace.of(ClientText::requirePath, ClientText::requireNoParent, ClientText::encodedUrlPath)
                : UriPlace.of(ClientText::requireUrlPath, ClientText::requireNoParent, ClientText::encodedPath);
    }

    /** What the rule itself begins as a reference to a bean may be completed by a name. */
    private UriPlace value(String name) {
        UriPlace text = text(name);
        UriPlace reference = UriPlace.of(ClientText::requireBean, whole -> { }, ClientText::encoded);
        return pieces -> (pieces.get(0).isOfRule() && pieces.get(0).text().startsWith("#") ? reference : text).of(pieces);
    }

    private UriPlace text(String name) {
        if (!HTTP.contains(scheme)) {
            return new OptionValue(delimiter);
        }
        if (!HttpQuery.isOption(context, name)) {
            return new HttpQuery(delimiter);
        }
        // Camel's optimised sends over HTTP encode options themselves.
        return delimiter.isOptimised() ? UriPlace.of(ClientText::requireUnencodedOption, ClientText::requireValue, text -> text)
                : new OptionValue(delimiter);
    }
}
