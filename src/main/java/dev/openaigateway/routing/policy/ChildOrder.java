package dev.openaigateway.routing.policy;

import dev.openaigateway.routing.Attempt;
import dev.openaigateway.routing.Candidate;
import dev.openaigateway.routing.Policy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** The orders of Camel's own balancers {@code failoverLoadBalancer} and {@code randomLoadBalancer}. */
final class ChildOrder implements Policy {

    enum Start { FIRST, IN_TURN, LAST_GOOD, RANDOM }

    private final String name;
    private final Start start;
    private final int attempts;
    private final AtomicInteger turn = new AtomicInteger();
    private volatile String lastGood;

    /**
     * @param name     for explanations
     * @param start    which child goes first; the others follow in the order of the rule, or at random
     * @param attempts maximum number of children that one request tries
     */
    ChildOrder(String name, Start start, int attempts) {
        this.name = name;
        this.start = start;
        this.attempts = attempts;
    }

    @Override
    public List<Candidate> order(List<Candidate> candidates, String model) {
        List<Candidate> order = new ArrayList<>(candidates);
        if (start == Start.RANDOM) {
            Collections.shuffle(order, ThreadLocalRandom.current());
            return order;
        }
        return from(order, start == Start.IN_TURN ? turn.getAndIncrement() : 0);
    }

    @Override
    public List<Candidate> preview(List<Candidate> candidates, String model) {
        return from(new ArrayList<>(candidates), start == Start.IN_TURN ? turn.get() : 0);
    }

    private List<Candidate> from(List<Candidate> order, int begin) {
        int first = start == Start.LAST_GOOD ? indexOfLastGood(order) : Math.floorMod(begin, order.size());
        Collections.rotate(order, -first);
        return order.size() > attempts ? order.subList(0, attempts) : order;
    }

    private int indexOfLastGood(List<Candidate> order) {
        String name = lastGood;
        for (int i = 0; i < order.size(); i++) {
            if (order.get(i).instance().name().equals(name)) {
                return i;
            }
        }
        return 0;
    }

    @Override
    public void responded(Attempt attempt, List<Candidate> offered) {
        lastGood = attempt.instance().name();
    }

    @Override
    public String reason(Candidate candidate, List<Candidate> among, String model) {
        return switch (start) {
            case FIRST -> "in the order of the rule";
            case IN_TURN -> "all take turns";
            case LAST_GOOD -> "the last one that responded goes first";
            case RANDOM -> "a random one goes first";
        };
    }

    @Override
    public String name() {
        return name;
    }
}
