package dev.openaigateway.text;

import java.util.regex.Pattern;

/** The parts of an endpoint's URI, in Camel's short form {@code direct:name} or its long one {@code direct://name}, with or without options. */
public final class EndpointText {

    private static final String DIRECT = "direct:";
    private static final Pattern SCHEME_END = Pattern.compile("[:?]");
    private static final Pattern LONG_FORM = Pattern.compile("^([\\w+.-]+):/{1,2}");

    private EndpointText() {
    }

    /** The name of the component; the whole text if it has neither a colon nor options. */
    public static String scheme(String uri) {
        return SCHEME_END.split(uri, 2)[0];
    }

    /** The URI without its options, in the short form. */
    public static String base(String uri) {
        int options = uri.indexOf('?');
        return LONG_FORM.matcher(options < 0 ? uri : uri.substring(0, options)).replaceFirst("$1:");
    }

    /** Whether it is the place of a call from route to route. */
    public static boolean isDirect(String uri) {
        return uri.startsWith(DIRECT);
    }
}
