package dev.openaigateway.openai;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The query of a client's request, as it is passed on to an upstream. Thread-safe. */
public final class ClientQuery {

    /**
     * Names without case and separators. A version is chosen for each instance, and a credential is for the gateway only: an SDK may
     * have been told to send it so.
     */
    private static final Set<String> KEPT_BACK = Set.of("apiversion", "apikey", "key", "xapikey", "xgoogapikey", "accesstoken", "token", "authtoken",
            "authorization", "subscriptionkey", "ocpapimsubscriptionkey", "xadmintoken", "secret", "password", "code", "sig", "signature");
    /** Of the gateway, and of Camel. */
    private static final List<String> KEPT_BACK_BEGINNINGS = List.of("xgateway", "camel");
    private static final String VERSION = "api-version";
    private static final String PLAIN = "-_.~=+,:;@/?!$'*[]";
    private static final String HEX = "0123456789ABCDEF";

    private ClientQuery() {
    }

    /**
     * The parameters that are passed on, in their order. Characters that a URL may not contain are percent-encoded.
     *
     * @param query as the client sent it, or null
     */
    public static String passedOn(String query) {
        if (query == null || query.isEmpty()) {
            return "";
        }
        StringBuilder passed = new StringBuilder(query.length());
        for (String parameter : query.split("&")) {
            if (!parameter.isEmpty() && !isKeptBack(name(parameter))) {
                append(passed.isEmpty() ? passed : passed.append('&'), parameter);
            }
        }
        return passed.toString();
    }

    /**
     * The first {@code api-version}, or null.
     *
     * @param query as the client sent it, or null
     */
    public static String version(String query) {
        return value(query, VERSION).orElse(null);
    }

    /**
     * The decoded value of the first parameter with this name; empty text if it has no value.
     *
     * @param query as the client sent it, or null
     */
    public static Optional<String> value(String query, String name) {
        return query == null ? Optional.empty() : Arrays.stream(query.split("&")).filter(parameter -> name(parameter).equals(name)).findFirst()
                .map(parameter -> parameter.contains("=") ? decoded(parameter.substring(parameter.indexOf('=') + 1)) : "");
    }

    /** The decoded name of a parameter. */
    public static String name(String parameter) {
        int end = parameter.indexOf('=');
        return decoded(end < 0 ? parameter : parameter.substring(0, end));
    }

    private static String decoded(String text) {
        try {
            return text.indexOf('%') < 0 ? text : ClientPaths.decoded(text);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    private static boolean isKeptBack(String name) {
        String bare = name.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
        return KEPT_BACK.contains(bare) || KEPT_BACK_BEGINNINGS.stream().anyMatch(bare::startsWith);
    }

    /** A server reads each byte above 127 as one character. */
    private static void append(StringBuilder to, String parameter) {
        for (int i = 0; i < parameter.length(); i++) {
            char c = parameter.charAt(i);
            boolean isPlain = c < 128 && (Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0)
                    || c == '%' && isHex(parameter, i + 1) && isHex(parameter, i + 2);
            if (isPlain) {
                to.append(c);
            } else {
                byte[] bytes = c < 256 ? new byte[] {(byte) c} : String.valueOf(c).getBytes(StandardCharsets.UTF_8);
                for (byte each : bytes) {
                    to.append('%').append(HEX.charAt(each >> 4 & 15)).append(HEX.charAt(each & 15));
                }
            }
        }
    }

    private static boolean isHex(String text, int at) {
        return at < text.length() && Character.digit(text.charAt(at), 16) >= 0;
    }
}
