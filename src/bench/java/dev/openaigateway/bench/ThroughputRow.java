package dev.openaigateway.bench;

import java.util.List;

/** Plain requests per second, compared with a bare proxy. */
final class ThroughputRow implements Row {

    private static final double RATIO = 0.45;

    @Override
    public String title() {
        return "requests/s, " + Rounds.CONNECTIONS + " connections";
    }

    @Override
    public List<Result> measure(Setup setup) throws InterruptedException {
        List<Target> targets = setup.targets();
        Rates rates = Rounds.measure(setup, targets, Chat.request());
        Result result = new Result(title());
        for (int i = 0; i < targets.size(); i++) {
            result = result.value(targets.get(i).name(), "%,.0f".formatted(rates.of(i)));
        }
        Result cpu = new Result("CPU per request, us");
        for (int i = 0; i < targets.size(); i++) {
            cpu = rates.cpuMicrosOf(i) > 0 ? cpu.value(targets.get(i).name(), "%.0f".formatted(rates.cpuMicrosOf(i))) : cpu;
        }
        double ratio = rates.ratio(setup.indexOf(Target.GATEWAY), setup.indexOf(Target.PROXY));
        return List.of(result.require("%.2f of the proxy".formatted(ratio), ">= " + RATIO, ratio >= RATIO), cpu);
    }
}
