package dev.openaigateway.bench;

import io.vertx.core.buffer.Buffer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Requests per second of an agent's large prompts, with limits for gateway, client and instance, compared with nginx (the
 * bare proxy where it is not installed) and with a gateway without limits.
 */
final class AgentPromptRow implements Row {

    /** The smallest last, as its figures suffer most from a JVM that still compiles. */
    private static final List<Integer> KILOBYTES = Stream.of(200, 1024, 40).filter(size -> isSelected(size + " KB")).toList();
    private static final double RATIO = 0.35;
    private static final double FRESH_RATIO = 0.25;
    private static final double CPU_RATIO = 1.5;

    @Override
    public String title() {
        return "agent prompt";
    }

    @Override
    public List<Result> measure(Setup setup) throws InterruptedException {
        try (GatewayUnderTest limited = GatewayUnderTest.start(setup.limitedEverywhere());
                GatewayUnderTest unlimited = GatewayUnderTest.start(setup.unlimited())) {
            List<Target> targets = List.of(setup.baseline(), unlimited.target(), limited.target());
            List<Result> results = new ArrayList<>();
            Plan plan = setup.plan().first();
            for (int kilobytes : KILOBYTES) {
                results.addAll(compare(setup, plan, targets, kilobytes + " KB, history", new AgentPrompts(kilobytes * AgentPrompts.KB).growing(), RATIO));
                plan = setup.plan().further();
            }
            if (isSelected("fresh")) {
                results.addAll(compare(setup, plan, targets, "40 KB, fresh", new AgentPrompts(40 * AgentPrompts.KB).fresh(), FRESH_RATIO));
            }
            return results;
        }
    }

    /** Whether the bodies are among those of the property, or it is not set. */
    private static boolean isSelected(String bodies) {
        String selected = System.getProperty("bench.bodies", "");
        return selected.isBlank() || List.of(selected.split(",")).contains(bodies);
    }

    private List<Result> compare(Setup setup, Plan plan, List<Target> targets, String bodies, Supplier<Buffer> supplier, double required)
            throws InterruptedException {
        Rates rates = Rounds.measure(setup.requests(AgentPrompts.CONNECTIONS), plan, targets, supplier);
        String baseline = targets.get(0).name();
        double reached = rates.ratio(2, 0);
        double cpu = rates.cpuMicrosOf(2) / rates.cpuMicrosOf(1);
        Result requests = new Result(title() + " of " + bodies + ", requests/s").value(baseline, "%,.0f".formatted(rates.of(0)))
                .value(Target.GATEWAY, "%,.0f".formatted(rates.of(2)))
                .require("%.2f of %s".formatted(reached, baseline), ">= " + required, reached >= required);
        Result micros = new Result(title() + " of " + bodies + ", CPU per request, us")
                .value(Target.GATEWAY, "%,.0f".formatted(rates.cpuMicrosOf(2)));
        String compared = "%.2f of %,.0f when off".formatted(cpu, rates.cpuMicrosOf(1));
        return List.of(requests, required == FRESH_RATIO ? micros.show(compared)
                : micros.require(compared, "<= " + CPU_RATIO, cpu <= CPU_RATIO), rates.allocation(title() + " of " + bodies + ", "));
    }
}
