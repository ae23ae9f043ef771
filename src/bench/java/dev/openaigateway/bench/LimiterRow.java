package dev.openaigateway.bench;

import java.util.List;

/** Requests per second with a token limit that is kept but never reached, against those without one. */
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
        try (GatewayProcess limited = GatewayProcess.start(setup.limited(rateLimit))) {
            return List.of(
                    compare(setup, limited, "30-token prompt", Chat.request(), ratio),
                    compare(setup, limited, "4,000-token prompt", Chat.request(LONG_PROMPT), NOTHING_REQUIRED));
        }
    }

    private Result compare(Setup setup, GatewayProcess limited, String prompt, String body, double required)
            throws InterruptedException {
        List<Double> rates = Rounds.measure(setup, List.of(setup.gateway(), limited.target()), body);
        double reached = rates.get(1) / rates.get(0);
        String compared = "%.2f of %,.0f when off".formatted(reached, rates.get(0));
        Result result = new Result(title() + ", " + prompt + ", requests/s")
                .value(Target.GATEWAY, "%,.0f".formatted(rates.get(1)));
        return required > 0 ? result.require(compared, ">= " + required, reached >= required) : result.show(compared);
    }
}
