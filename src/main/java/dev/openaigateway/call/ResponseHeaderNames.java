package dev.openaigateway.call;

import dev.openaigateway.config.RequestHeaderNames;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The names of the response headers that the gateway relays, without regard to case. All others are removed. */
public final class ResponseHeaderNames {

    /** The gateway's id of the request, in requests to upstreams too. */
    public static final String REQUEST_ID = "x-request-id";
    /** The upstream's own id of the request. */
    public static final String UPSTREAM_REQUEST_ID = "x-upstream-request-id";

    /** The id of the request's trace, if it has one. */
    static final String TRACE_ID = "x-trace-id";

    static final String INSTANCE = "x-gateway-instance";
    static final String ATTEMPTS = "x-gateway-attempts";
    static final String MODEL = "x-gateway-model";
    static final String ALIAS = "x-gateway-alias";

    public static final String RETRY_AFTER = "retry-after";
    public static final String RETRY_AFTER_MS = "retry-after-ms";
    public static final String SHOULD_RETRY = "x-should-retry";
    static final String DISPOSITION = "content-disposition";

    /** Where upstreams put their id, in the order in which they are looked at. */
    static final List<String> REQUEST_IDS = List.of(REQUEST_ID, "apim-request-id", "request-id", "x-ms-request-id");

    private static final List<String> OF_GATEWAY = List.of(REQUEST_ID, UPSTREAM_REQUEST_ID, TRACE_ID, INSTANCE, ATTEMPTS, MODEL, ALIAS, AttemptsText.HEADER,
            "allow");
    private static final List<String> LIMITS = List.of(
            "x-ratelimit-limit-requests", "x-ratelimit-remaining-requests", "x-ratelimit-reset-requests",
            "x-ratelimit-limit-tokens", "x-ratelimit-remaining-tokens", "x-ratelimit-reset-tokens");
    /** Of the connection, of the form of the body, or set by the gateway's settings. A cookie would be one of the dashboard's origin. */
    private static final List<String> OF_SERVER = List.of("content-type", "content-length", "content-encoding", "transfer-encoding", "connection",
            "keep-alive", "proxy-connection", "te", "trailer", "upgrade", "host", "date", "server", "vary", "set-cookie", "x-content-type-options",
            "x-frame-options", "content-security-policy", "referrer-policy", "strict-transport-security");
    private static final List<String> BEGINNINGS_OF_SERVER = List.of("x-gateway-", "x-ratelimit-", "access-control-", "camel");
    private static final List<String> BEGINNINGS = List.of("openai-", "x-ratelimit-", "anthropic-ratelimit-", "x-codex-");
    private static final List<String> OF_OPENAI = List.of(
            "openai-processing-ms", "openai-version", "openai-model", "openai-organization", "openai-project");
    private static final List<String> OF_CODEX = List.of("x-codex-turn-state", "x-codex-primary-used-percent", "x-codex-primary-window-minutes",
            "x-codex-primary-reset-at", "x-codex-secondary-used-percent", "x-codex-secondary-window-minutes", "x-codex-secondary-reset-at",
            "x-codex-credits-has-credits", "x-codex-credits-unlimited", "x-codex-credits-balance");
    private static final List<String> OF_UPSTREAM = List.of("content-type", DISPOSITION, SHOULD_RETRY, RETRY_AFTER, RETRY_AFTER_MS,
            "apim-request-id", "request-id", "x-ms-region", "x-ms-rai-invoked", "x-ms-deployment-name", "x-ms-client-request-id",
            "x-models-etag", "x-reasoning-included", "azureml-model-session", "anthropic-organization-id");

    /** Of the response to a request that is passed through. */
    private static final List<String> OF_PASSED = List.of("location");
    /** Of the content of a file, which the client gets as it came; other bodies may be changed. */
    private static final List<String> OF_CONTENT = List.of("content-range", "accept-ranges", "etag", "last-modified");

    private static final Set<String> PASSED = union(OF_PASSED);
    private static final Set<String> CONTENT = union(OF_PASSED, OF_CONTENT);
    private static final Set<String> FROM_UPSTREAM = union(OF_UPSTREAM, REQUEST_IDS, List.of("x-ms-retry-after-ms"));
    private static final Set<String> NOT_FOR_RULES = union(OF_GATEWAY, OF_SERVER);
    private static final Set<String> TO_CLIENT = union(OF_UPSTREAM, OF_GATEWAY, OF_PASSED, OF_CONTENT);

    /** The headers exposed to scripts in a browser, in alphabetical order; it shows {@code content-type} in any case. */
    public static final List<String> FOR_SCRIPTS = union(OF_UPSTREAM, OF_GATEWAY, OF_PASSED, OF_CONTENT, LIMITS, OF_OPENAI, OF_CODEX, List.of("date")).stream()
            .filter(name -> !name.equals("content-type")).map(name -> name.toLowerCase(Locale.ROOT)).toList();

    private ResponseHeaderNames() {
    }

    /** Whether the gateway reads this header of an upstream. */
    public static boolean isFromUpstream(String name) {
        return FROM_UPSTREAM.contains(name) || hasKnownBeginning(name);
    }

    /** As {@link #isFromUpstream}, for the further headers of a response to a request that is passed through. */
    public static boolean isFromUpstreamOfPassed(String name, boolean content) {
        return (content ? CONTENT : PASSED).contains(name);
    }

    /** Whether a client gets this header. */
    public static boolean isForClient(String name) {
        return TO_CLIENT.contains(name) || hasKnownBeginning(name);
    }

    /** Whether a rule may set this header of a response: not those of the gateway itself, nor of the connection. */
    public static boolean isForRules(String name) {
        return RequestHeaderNames.isName(name) && !NOT_FOR_RULES.contains(name) && !begins(name, BEGINNINGS_OF_SERVER);
    }

    private static boolean hasKnownBeginning(String name) {
        return begins(name, BEGINNINGS);
    }

    private static boolean begins(String name, List<String> beginnings) {
        for (String beginning : beginnings) {
            if (name.regionMatches(true, 0, beginning, 0, beginning.length())) {
                return true;
            }
        }
        return false;
    }

    @SafeVarargs
    private static Set<String> union(List<String>... names) {
        Set<String> all = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        Stream.of(names).flatMap(Collection::stream).forEach(all::add);
        return all;
    }
}
