package dev.openaigateway.bench;

import java.util.List;

/** Requests per second with bodies of 1 MB and no token limits, compared with nginx (the bare proxy where it is not installed). */
final class LargeBodyRow implements Row {

    private static final double RATIO = 0.65;
    private static final double CPU_MICROS = 2_500;

    @Override
    public String title() {
        return "large bodies, 1 MB";
    }

    @Override
    public List<Result> measure(Setup setup) throws InterruptedException {
        List<Target> targets = setup.targets();
        int gateway = targets.size() - 1;
        Rates rates = Rounds.measure(setup.requests(AgentPrompts.CONNECTIONS), setup.plan().first(), targets, new AgentPrompts(AgentPrompts.MB).growing());
        double reached = rates.ratio(gateway, targets.indexOf(setup.baseline()));
        double cpu = rates.cpuMicrosOf(gateway);
        return List.of(
                rates.requests(title() + ", requests/s")
                        .require("%.2f of %s".formatted(reached, setup.baseline().name()), ">= " + RATIO, reached >= RATIO),
                rates.cpu(title() + ", ").require("", "<= %,.0f".formatted(CPU_MICROS), cpu <= CPU_MICROS),
                rates.allocation(title() + ", "));
    }
}
