package dev.openaigateway.openai;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The names, in lower case, of the response headers that the gateway relays. All others are removed. */
public final class ResponseHeaderNames {

    private static final List<String> RETRY = List.of("retry-after", "retry-after-ms");
    private static final List<String> LIMITS = List.of(
            "x-ratelimit-limit-requests", "x-ratelimit-remaining-requests", "x-ratelimit-reset-requests",
            "x-ratelimit-limit-tokens", "x-ratelimit-remaining-tokens", "x-ratelimit-reset-tokens");
    private static final List<String> OF_GATEWAY = List.of(
            "x-request-id", "x-gateway-instance", "x-gateway-attempts", "x-gateway-model", "x-gateway-alias", "x-gateway-trace");
    private static final List<String> OF_UPSTREAM = List.of(
            "content-type", "content-disposition", "x-should-retry",
            "openai-processing-ms", "openai-version", "openai-model", "apim-request-id", "x-ms-region");

    /** The headers of an upstream that the gateway reads. */
    public static final Set<String> FROM_UPSTREAM = union(OF_UPSTREAM, RETRY, List.of("x-ms-retry-after-ms"), LIMITS);

    /** The headers sent to a client. */
    public static final Set<String> TO_CLIENT = union(OF_UPSTREAM, RETRY, LIMITS, OF_GATEWAY, List.of("allow"));

    /** The headers exposed to scripts in a browser, in alphabetical order; it shows {@code content-type} in any case. */
    public static final List<String> FOR_SCRIPTS = Stream.concat(TO_CLIENT.stream(), Stream.of("date"))
            .filter(name -> !name.equals("content-type")).sorted().toList();

    private ResponseHeaderNames() {
    }

    @SafeVarargs
    private static Set<String> union(List<String>... names) {
        return Stream.of(names).flatMap(List::stream).collect(Collectors.toUnmodifiableSet());
    }
}
