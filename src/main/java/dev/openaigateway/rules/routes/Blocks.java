package dev.openaigateway.rules.routes;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Keys of blocks whose steps do not run for every message that enters the route. */
final class Blocks {

    /** Their steps run on a condition, or not for every message. */
    static final Set<String> CONDITIONAL =
            Set.of("when", "otherwise", "filter", "doCatch", "onException", "onFallback", "idempotentConsumer", "loadBalance", "loop");
    /** Their steps are not among those of the route. */
    static final Set<String> BESIDE_ROUTES = Set.of("intercept", "interceptFrom", "onCompletion", "onException", "routeConfiguration");
    /** All of them, and the one that makes one message of several. */
    static final Set<String> NOT_FOR_EACH =
            Stream.of(CONDITIONAL, BESIDE_ROUTES, Set.of("aggregate")).flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());

    private Blocks() {
    }
}
