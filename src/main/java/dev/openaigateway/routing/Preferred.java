package dev.openaigateway.routing;

import dev.openaigateway.call.Placement;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Puts the candidates first that keep what a request refers to. */
final class Preferred {

    private Preferred() {
    }

    /** @param placement null if the request refers to nothing that is known; then the order stays as it is */
    static List<Candidate> first(List<Candidate> order, Placement placement) {
        if (placement == null || order.size() < 2) {
            return order;
        }
        Predicate<Candidate> keeps = candidate -> placement.instances().contains(candidate.instance().name());
        return Stream.concat(order.stream().filter(keeps), order.stream().filter(keeps.negate())).toList();
    }
}
