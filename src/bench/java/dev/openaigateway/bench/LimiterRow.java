package dev.openaigateway.bench;

import java.util.List;

/**
 * Requests per second with a token limit that is never reached, compared with no limit. Both gateways are started for this
 * row, so that neither is warmer than the other.
 */
final class LimiterRow implements Row {

    private static final int LONG_PROMPT = 145;
    private static final double NOTHING_REQUIRED = 0;

    private final String limiter;
    private final String rateLimit;
    private final double ratio;

    /** @param rateLimit the mapping of {@code rate_limit} in the settings */
    LimiterRow(String limiter, String rateLimit, double ratio) {
        this.limiter = limiter;
        this.rateLimit = rateLimit;
        this.ratio = ratio;
    }

    @Override
    public String title() {
        return limiter + " on";
    }

    @Override
    public List<Result> measure(Setup setup) throws InterruptedException {
        try (GatewayUnderTest limited = GatewayUnderTest.start(setup.limited(rateLimit))) {
            return measure(setup, limited);
        }
    }

    List<Result> measure(Setup setup, GatewayUnderTest limited) throws InterruptedException {
        try (GatewayUnderTest unlimited = GatewayUnderTest.start(setup.unlimited())) {
            List<Target> targets = List.of(unlimited.target(), limited.target());
            return List.of(
                    compare(setup, setup.plan().first(), targets, "30-token prompt", Chat.request(), ratio),
                    compare(setup, setup.plan().further(), targets, "4,000-token prompt", Chat.request(LONG_PROMPT), NOTHING_REQUIRED));
        }
    }

    private Result compare(Setup setup, Plan plan, List<Target> targets, String prompt, String body, double required)
            throws InterruptedException {
        Rates rates = Rounds.measure(setup, plan, targets, body);
        double reached = rates.ratio(1, 0);
        String compared = "%.2f of %,.0f when off".formatted(reached, rates.of(0));
        Result result = new Result(title() + ", " + prompt + ", requests/s")
                .value(Target.GATEWAY, "%,.0f".formatted(rates.of(1)));
        return required > 0 ? result.require(compared, ">= " + required, reached >= required) : result.show(compared);
    }
}
