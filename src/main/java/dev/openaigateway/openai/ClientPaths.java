package dev.openaigateway.openai;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/** The beginnings of the paths that clients call, in the forms of OpenAI, DeepSeek and Azure. */
public final class ClientPaths {

    public static final String OPENAI = "/v1/";
    public static final String DEEPSEEK = "/deepseek/";
    public static final String AZURE = "/openai/";

    /** Before the path of a request that no route serves, but that may be passed to an instance. */
    public static final String PASSED = "/passthrough";

    /** What stands between two slashes, such as an id. Upstreams resolve the segments {@code .} and {@code ..}, and the path would be about another object. */
    public static final String SEGMENT = "(?!\\.{1,2}(?:/|%|$))[A-Za-z0-9_.~:@=+-]{1,256}";

    /** Characters of a segment that need no percent encoding, but that clients may encode. A dot stays as it came. */
    private static final Pattern NEEDLESSLY_ENCODED = Pattern.compile("%(?:2[BbDd]|3[ADad]|40|5[Ff]|7[Ee])");
    private static final Pattern BEGINNING = Pattern.compile("^/(?:openai/v1/|openai/|v1/)(?!deployments/)");
    private static final List<String> ALL = List.of(OPENAI, DEEPSEEK, AZURE);

    private ClientPaths() {
    }

    /** @param path normalized, without the query */
    public static boolean contain(String path) {
        for (String each : ALL) {
            if (path.startsWith(each)) {
                return true;
            }
        }
        return path.startsWith(PASSED + "/");
    }

    /** The path that the client called. */
    public static String called(String path) {
        return path.startsWith(PASSED + "/") ? path.substring(PASSED.length()) : path;
    }

    /** The part of a path of OpenAI or Azure below its version, without slashes at its ends; empty if it has none. */
    public static String belowVersion(String path) {
        return BEGINNING.matcher(path).lookingAt() ? withoutSlash(BEGINNING.matcher(path).replaceFirst("")) : "";
    }

    /** The path without a slash at its end. */
    public static String withoutSlash(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    /** A part of a path in which the characters of ids, such as {@code =}, are not percent-encoded, whatever the client did. */
    public static String withoutNeedlessEncoding(String part) {
        return part.indexOf('%') < 0 ? part : NEEDLESSLY_ENCODED.matcher(part).replaceAll(encoded -> decoded(encoded.group()));
    }

    /** A part of a path without its percent encoding. Unlike in a query, a plus sign is no space. */
    public static String decoded(String part) {
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
