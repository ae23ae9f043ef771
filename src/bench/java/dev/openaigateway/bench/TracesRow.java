package dev.openaigateway.bench;

import java.util.List;

/**
 * Requests per second and CPU while each request is traced, compared with traces off, which is how the other rows run. Both
 * gateways are started for this row, so that neither is warmer than the other.
 */
final class TracesRow implements Row {

    private static final double RATIO = 0.6;

    @Override
    public String title() {
        return "traces on";
    }

    @Override
    public List<Result> measure(Setup setup) throws InterruptedException {
        try (GatewayUnderTest off = GatewayUnderTest.start(setup.unlimited());
             GatewayUnderTest on = GatewayUnderTest.start(setup.unlimited().withTraces())) {
            Rates rates = Rounds.measure(setup, List.of(off.target(), on.target()), Chat.request());
            double reached = rates.ratio(1, 0);
            return List.of(
                    new Result(title() + ", requests/s").value(Target.GATEWAY, "%,.0f".formatted(rates.of(1)))
                            .require("%.2f of %,.0f when off".formatted(reached, rates.of(0)), ">= " + RATIO, reached >= RATIO),
                    new Result(title() + ", CPU per request, us").value(Target.GATEWAY, "%.0f".formatted(rates.cpuMicrosOf(1)))
                            .show("%.0f when off".formatted(rates.cpuMicrosOf(0))));
        }
    }
}
