package dev.openaigateway.bench;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Plain requests per second, against what a bare proxy reaches. */
final class ThroughputRow implements Row {

    private static final double RATIO = 0.45;

    @Override
    public String title() {
        return "requests/s, " + Rounds.CONNECTIONS + " connections";
    }

    @Override
    public List<Result> measure(Setup setup) throws InterruptedException {
        List<Target> targets = setup.targets();
        List<Double> rates = Rounds.measure(setup, targets, Chat.request());
        Result result = new Result(title());
        Map<String, Double> byName = new HashMap<>();
        for (int i = 0; i < targets.size(); i++) {
            byName.put(targets.get(i).name(), rates.get(i));
            result = result.value(targets.get(i).name(), "%,.0f".formatted(rates.get(i)));
        }
        double ratio = byName.get(Target.GATEWAY) / byName.get(Target.PROXY);
        return List.of(result.require("%.2f of the proxy".formatted(ratio), ">= " + RATIO, ratio >= RATIO));
    }
}
