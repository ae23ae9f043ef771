package dev.openaigateway.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Plain requests per second over 32 connections: the median of rounds that take turns, so that noise meets all alike. */
final class ThroughputRow implements Row {

    private static final int CONNECTIONS = 32;
    private static final double RATIO = 0.45;

    @Override
    public String title() {
        return "requests/s, " + CONNECTIONS + " connections";
    }

    @Override
    public List<Result> measure(Setup setup) throws InterruptedException {
        RequestLoad load = setup.requests(CONNECTIONS);
        Map<Target, List<Double>> rates = new LinkedHashMap<>();
        for (Target target : setup.targets()) {
            load.run(target, Chat.request(), setup.plan().warmUp());
            rates.put(target, new ArrayList<>());
        }
        for (int round = 0; round < setup.plan().rounds(); round++) {
            for (Target target : setup.targets()) {
                rates.get(target).add(load.run(target, Chat.request(), setup.plan().round()));
            }
        }
        Map<String, Double> medians = new LinkedHashMap<>();
        rates.forEach((target, seen) -> medians.put(target.name(), median(seen)));
        return List.of(result(medians));
    }

    private Result result(Map<String, Double> medians) {
        Result result = new Result(title());
        for (Map.Entry<String, Double> one : medians.entrySet()) {
            result = result.value(one.getKey(), "%,.0f".formatted(one.getValue()));
        }
        double ratio = medians.get(Target.GATEWAY) / medians.get(Target.PROXY);
        return result.require("%.2f of the proxy".formatted(ratio), ">= " + RATIO, ratio >= RATIO);
    }

    static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }
}
