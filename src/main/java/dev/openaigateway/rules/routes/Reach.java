package dev.openaigateway.rules.routes;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Follows what routes send from one to the next. */
final class Reach {

    private Reach() {
    }

    /**
     * Whether a place is reached. Not recursive, since routes may call each other in long chains.
     *
     * @param next where the route that begins at a place sends to
     */
    static boolean leads(String from, Predicate<String> isThere, Function<String, Stream<String>> next) {
        Set<String> seen = new HashSet<>();
        Deque<String> ahead = new ArrayDeque<>(Set.of(from));
        while (!ahead.isEmpty()) {
            String at = ahead.pop();
            if (isThere.test(at)) {
                return true;
            }
            if (seen.add(at)) {
                next.apply(at).forEach(ahead::push);
            }
        }
        return false;
    }
}
