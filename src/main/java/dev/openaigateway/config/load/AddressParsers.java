package dev.openaigateway.config.load;

import dev.openaigateway.config.AddressRange;
import dev.openaigateway.config.IpLiteral;
import dev.openaigateway.config.RedisAddress;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The parsers for addresses: URLs and their parts, hosts and ranges of them. Their time is proportional to the length of the text. */
final class AddressParsers {

    private static final Pattern HOST_NAME = Pattern.compile("[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+]|\\*");
    private static final Pattern LISTEN_HOST = Pattern.compile("[A-Za-z0-9_](?:[A-Za-z0-9._-]{0,252}[A-Za-z0-9])?\\.?");
    /** A user may come first, and the query is sent as it is written. */
    private static final Pattern WEBHOOK = Pattern.compile("https?://(?:[^\\s/?#]*@)?(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(?::\\d{1,5})?(?:[/?#]\\S*)?");
    private static final Pattern PATH = Pattern.compile("(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]++|%[0-9A-Fa-f]{2})*+");
    private static final String TRACES = "/v1/traces";
    private static final Pattern ORIGIN = Pattern.compile("[a-z][a-z0-9+.-]*://(?:[a-z0-9._-]+|\\[[0-9a-f:.]+])(?::[1-9]\\d{0,4})?");
    private static final Pattern WORD = Pattern.compile("\\S+");
    private static final Pattern QUERY_VALUE = Pattern.compile("([?&][^=?&#\\s]*+=)[^&#\\s]+");
    private static final int LONGEST_PATH = 2_000;
    private static final int LARGEST_PORT = 65_535;

    private AddressParsers() {
    }

    /** The name or address of a host, without a port, or {@code *} for all. */
    static String hostName(String text) throws InvalidValueException {
        if (!HOST_NAME.matcher(text).matches()) {
            throw new InvalidValueException("must be a host name such as gateway.example, without a port, or *");
        }
        return text;
    }

    /** The name or address of a host to listen on or to connect to, without a port and brackets. */
    static String listenHost(String text) throws InvalidValueException {
        if (!LISTEN_HOST.matcher(text).matches() && IpLiteral.parse(text).isEmpty()) {
            throw new InvalidValueException("must be an IP address or a host name such as gateway.example, without a scheme and a port");
        }
        return text;
    }

    /** An origin as browsers send it, with which it is compared letter by letter, or {@code *} for all. */
    static String origin(String text) throws InvalidValueException {
        boolean usualPort = text.startsWith("https://") && text.endsWith(":443") || text.startsWith("http://") && text.endsWith(":80");
        if (!text.equals("*") && (usualPort || !ORIGIN.matcher(text).matches())) {
            throw InvalidValueException.meaning("must be an origin as browsers send it, such as https://app.example.com or http://localhost:8080:"
                    + " with its scheme, in small letters, without a path, the usual port and *; or * for all", originMeant(text));
        }
        return text;
    }

    private static Optional<String> originMeant(String text) {
        String url = withoutSlashes(text.toLowerCase(Locale.ROOT)).replaceFirst("^(https://[^/]*):443$|^(http://[^/]*):80$", "$1$2");
        return Stream.of(url, "https://" + url).filter(meant -> text.length() <= LONGEST_PATH && text.indexOf('.') > 0 && ORIGIN.matcher(meant).matches()).findFirst();
    }

    /** An http or https URL with a host. A trailing slash is removed. */
    static URI httpUrl(String text) throws InvalidValueException {
        try {
            URI uri = new URI(withoutSlashes(text));
            boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            String authority = uri.getRawAuthority();
            if (http && authority != null && !authority.startsWith(":")
                    && authority.indexOf('@') < 0 && uri.getRawQuery() == null && uri.getRawFragment() == null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // reported below
        }
        throw new InvalidValueException("must be an http or https URL with a host, without user, query and fragment");
    }

    /** The address of a collector, to which the path of traces is added; it may be written with that path. */
    static String traceEndpoint(String text) throws InvalidValueException {
        String url = httpUrl(text).toString();
        return url.endsWith(TRACES) ? withoutSlashes(url.substring(0, url.length() - TRACES.length())) : url;
    }

    /** Without slashes at the end. A regular expression would take quadratic time for many slashes elsewhere. */
    static String withoutSlashes(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '/') {
            end--;
        }
        return text.substring(0, end);
    }

    /** As {@link #httpUrl}, with a host that java.net.URI can parse, as Camel requires: without underscores, for example. */
    static URI upstreamUrl(String text) throws InvalidValueException {
        URI uri = httpUrl(text);
        if (uri.getHost() == null || uri.getPort() == 0 || uri.getPort() > LARGEST_PORT) {
            throw new InvalidValueException("must have a host of letters, digits, dots and hyphens, and as port, if it has one, a number from 1 to 65535");
        }
        return uri;
    }

    /** An address as it may be shown: without its user, its password and the values in its query. Any other text is unchanged. */
    static String withoutSecrets(String text) {
        if (!text.contains("://")) {
            return text;
        }
        String withoutUser = WORD.matcher(text).replaceAll(word -> Matcher.quoteReplacement(withoutUser(word.group())));
        return QUERY_VALUE.matcher(withoutUser).replaceAll("$1****");
    }

    private static String withoutUser(String word) {
        int begin = word.indexOf("://");
        int end = word.lastIndexOf('@');
        return begin < 0 || end < begin ? word : word.substring(0, begin) + "://****" + word.substring(end);
    }

    static String path(String text) throws InvalidValueException {
        if (text.startsWith("/") && text.length() <= LONGEST_PATH && PATH.matcher(text).matches()) {
            return text;
        }
        throw new InvalidValueException("must be a path that begins with /, of at most " + LONGEST_PATH + " characters");
    }

    /** A webhook URL, whose query may contain its password. */
    static String webhook(String text) throws InvalidValueException {
        if (!WEBHOOK.matcher(text).matches()) {
            throw new InvalidValueException("must be an http or https URL with a host, such as https://hooks.example/path");
        }
        return text;
    }

    static String redisUrl(String text) throws InvalidValueException {
        try {
            RedisAddress.parse(text);
            return text;
        } catch (IllegalArgumentException e) {
            throw new InvalidValueException(e.getMessage());
        }
    }

    static String addressRange(String text) throws InvalidValueException {
        try {
            AddressRange.parse(text);
            return text;
        } catch (IllegalArgumentException e) {
            throw new InvalidValueException("must be an IP address or a range such as 10.0.0.0/8");
        }
    }
}
