package dev.openaigateway.bench;

import java.util.List;

/** Plain requests per second, compared with a bare proxy. */
final class ThroughputRow implements Row {

    /** JDKs without virtual threads serve each request on a thread of the system. */
    private static final double RATIO = Runtime.version().feature() >= 21 ? 0.6 : 0.5;

    @Override
    public String title() {
        return "requests/s, " + Rounds.CONNECTIONS + " connections";
    }

    @Override
    public List<Result> measure(Setup setup) throws InterruptedException {
        List<Target> targets = setup.targets();
        Rates rates = Rounds.measure(setup, targets, Chat.request());
        double ratio = rates.ratio(setup.indexOf(Target.GATEWAY), setup.indexOf(Target.PROXY));
        return List.of(rates.requests(title()).require("%.2f of the proxy".formatted(ratio), ">= " + RATIO, ratio >= RATIO), rates.cpu(""),
                rates.allocation(""));
    }
}
