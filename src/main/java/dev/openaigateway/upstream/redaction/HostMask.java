package dev.openaigateway.upstream.redaction;

import dev.openaigateway.text.SecretMask;

import java.net.URI;
import java.util.regex.Pattern;

/** Masks the host of an address in a text. JSON stays valid. */
final class HostMask {

    /** Backslashes, and the beginning of an escape such as <code>&#92;u000a</code>: a mask in the place of the rest would not be JSON. */
    static final String ESCAPE = "(?<!\\\\)\\\\++(?:u\\p{XDigit}{0,3})?";

    private static final String PORT = "(?:(?::|%3a)\\d+)?";
    /** Behind the slashes of a URL, also if they are escaped or quoted, or behind a name, as Python writes it. */
    private static final String IN_ADDRESS = "(?<=/\\\\{0,8}/|%2f%2f|\\bhost=\\\\{0,8}['\"]?)";
    private static final String NO_LONGER_NAME = "(?![\\w-]|\\.\\w)";
    /** Behind no other part of a name, but the last letter of an escape is none. */
    private static final String BEGINNING = "(?:" + ESCAPE + "|(?<![\\w.-])|(?<=\\\\[bfnrt])|(?<=\\\\u\\p{XDigit}{4}))";

    private HostMask() {
    }

    /** Returns the text with the host and its port masked, in upper and lower case. */
    static String in(String text, URI address) {
        String authority = address.getRawAuthority();
        String host = authority.replaceFirst(":\\d*$", "");
        String port = authority.length() - host.length() > 1 ? authority.substring(host.length()) : "https".equals(address.getScheme()) ? ":443" : ":80";
        String hidden = host.matches("[^.:]+") ? word(Pattern.quote(host), port) : "(?:" + ESCAPE + ")?" + Pattern.quote(host) + PORT;
        return Pattern.compile(hidden, Pattern.CASE_INSENSITIVE).matcher(text).replaceAll(SecretMask.MASK);
    }

    /** It may be any word, also one that errors have as their type or code. So it is masked only where it stands as a host. */
    private static String word(String host, String port) {
        return IN_ADDRESS + host + PORT + NO_LONGER_NAME + "|" + BEGINNING + host + port + "(?!\\d)";
    }
}
