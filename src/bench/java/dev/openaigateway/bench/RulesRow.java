package dev.openaigateway.bench;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Requests per second with rules that test ten conditions and change nothing, compared with the rules in the jar. Both gateways are started for
 * this row, so that neither is warmer than the other.
 */
final class RulesRow implements Row {

    static final String RULES = """
            - route:
                id: routing
                from:
                  uri: direct:routing
                  steps:
                    - choice:
                        when:
            """ + IntStream.range(0, 10).mapToObj("""
                          - simple: "${header.x-team} == 'team-%d' && ${exchangeProperty.stream} == true"
                            steps: [ { to: "instance:one" } ]
            """::formatted).collect(Collectors.joining()) + """
                    - loadBalance:
                        customLoadBalancer: configured
                        steps: [ { to: "instance:*" } ]
            """;
    private static final double RATIO = 0.95;

    @Override
    public String title() {
        return "rules that change nothing";
    }

    @Override
    public List<Result> measure(Setup setup) throws InterruptedException {
        try (GatewayUnderTest plain = GatewayUnderTest.start(setup.unlimited());
             GatewayUnderTest ruled = GatewayUnderTest.start(setup.unlimited().withRules(RULES))) {
            Rates rates = Rounds.measure(setup, List.of(plain.target(), ruled.target()), Chat.request());
            double reached = rates.ratio(1, 0);
            return List.of(new Result(title() + ", requests/s").value(Target.GATEWAY, "%,.0f".formatted(rates.of(1)))
                    .require("%.2f of %,.0f with the rules in the jar".formatted(reached, rates.of(0)), ">= " + RATIO, reached >= RATIO));
        }
    }
}
