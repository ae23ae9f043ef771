package dev.openaigateway.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Requests per second of several targets: the median of rounds that take turns, so that noise meets all alike. */
final class Rounds {

    static final int CONNECTIONS = 32;
    private static final double STEADY = 1.05;
    private static final int SHORTEST_WARM_UP = 3;

    private Rounds() {
    }

    /** Warms the targets up in turns, none more than another, and gives their figures in the same order. */
    static List<Double> measure(Setup setup, List<Target> targets, String body) throws InterruptedException {
        RequestLoad load = setup.requests(CONNECTIONS);
        warmUp(load, setup.plan(), targets, body);
        Map<Target, List<Double>> rates = new LinkedHashMap<>();
        targets.forEach(target -> rates.put(target, new ArrayList<>()));
        for (int round = 0; round < setup.plan().rounds(); round++) {
            for (Target target : targets) {
                rates.get(target).add(load.run(target, body, setup.plan().round()));
            }
        }
        return targets.stream().map(target -> median(rates.get(target))).toList();
    }

    /**
     * Until no target has become faster in two turns: a JVM compiles for the better part of a minute on few cores, and
     * most of it when there is a rest, for its compilers get their share of a core among all the threads that run.
     */
    private static void warmUp(RequestLoad load, Plan plan, List<Target> targets, String body) throws InterruptedException {
        Map<Target, Double> best = new HashMap<>();
        int steadyTurns = 0;
        for (int turn = 0; turn < plan.longestWarmUp() && (turn < SHORTEST_WARM_UP || steadyTurns < 2); turn++) {
            boolean steady = true;
            for (Target target : targets) {
                double rate = load.run(target, body, plan.round());
                steady &= rate < STEADY * best.getOrDefault(target, 0.0);
                best.merge(target, rate, Math::max);
            }
            steadyTurns = steady ? steadyTurns + 1 : 0;
            TimeUnit.MILLISECONDS.sleep(plan.pause().toMillis());
        }
    }

    static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }
}
