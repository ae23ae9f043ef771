package dev.openaigateway.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Requests per second of several targets: the median of rounds that take turns, so that noise meets all alike. */
final class Rounds {

    static final int CONNECTIONS = 32;
    private static final int WARM_UP_TURNS = 5;

    private Rounds() {
    }

    /** Warms the targets up in turns, none more than another, and gives their figures in the same order. */
    static List<Double> measure(Setup setup, List<Target> targets, String body) throws InterruptedException {
        RequestLoad load = setup.requests(CONNECTIONS);
        Map<Target, List<Double>> rates = new LinkedHashMap<>();
        for (int turn = 0; turn < WARM_UP_TURNS; turn++) {
            for (Target target : targets) {
                load.run(target, body, setup.plan().warmUp().dividedBy(WARM_UP_TURNS));
            }
        }
        targets.forEach(target -> rates.put(target, new ArrayList<>()));
        for (int round = 0; round < setup.plan().rounds(); round++) {
            for (Target target : targets) {
                rates.get(target).add(load.run(target, body, setup.plan().round()));
            }
        }
        return targets.stream().map(target -> median(rates.get(target))).toList();
    }

    static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }
}
