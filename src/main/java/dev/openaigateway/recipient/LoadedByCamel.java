package dev.openaigateway.recipient;

import dev.openaigateway.text.EndpointText;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Camel loads, looks up or makes, if an endpoint names it. */
final class LoadedByCamel {

    private static final Pattern REFERENCE = Pattern.compile("#(autowired|(bean|class|property|type):|valueas\\()", Pattern.CASE_INSENSITIVE);
    private static final Pattern LOADED = Pattern.compile("resource:", Pattern.CASE_INSENSITIVE);
    /** A bean of another name than those of the registry, or a parameter that is a type. */
    private static final Pattern TYPE = Pattern.compile("bean([?]|:/*+[\\p{L}\\p{N}_-]*+[^?]|.*\\.class).*", Pattern.DOTALL);
    private static final Pattern ENCODED = Pattern.compile("%([0-9A-Fa-f]{2})");
    private static final int DECODINGS = 3;

    private LoadedByCamel() {
    }

    static boolean isNamedIn(String place) {
        return LOADED.matcher(decoded(place)).find();
    }

    /** Whether Camel makes more of the endpoint than a send to it. */
    static boolean isUsedBy(String uri) {
        String decoded = decoded(uri).strip();
        String scheme = EndpointText.scheme(decoded);
        // The gateway's own evaluate no option but an expression, which is refused as such.
        boolean isText = EvaluatedText.isPassive(scheme) || OwnComponents.evaluateOptions(scheme);
        return REFERENCE.matcher(decoded).find() || !isText && isNamedIn(decoded) || TYPE.matcher(decoded).matches();
    }

    /** Decoded several times, since it is unclear how often Camel does it. */
    static String decoded(String text) {
        String decoded = text;
        for (int i = 0; i < DECODINGS; i++) {
            decoded = ENCODED.matcher(decoded).replaceAll(each -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(each.group(1), 16))));
        }
        return decoded;
    }
}
