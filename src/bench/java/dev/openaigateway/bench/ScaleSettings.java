package dev.openaigateway.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Settings and rules of a given size. All instances serve the model of the requests; the requests have the last key, and only
 * the branch after all rules applies to them.
 *
 * @param models models of each instance, most of which few other instances serve
 * @param keys   client keys, each with a limit
 * @param rules  branches of the routing rules
 */
record ScaleSettings(int upstreamPort, int instances, int models, int keys, int rules) implements GatewayFiles {

    private static final int GROUPS = 20;

    @Override
    public void write(Path folder) throws IOException {
        Files.writeString(folder.resolve(FILE), yaml());
        Files.writeString(Files.createDirectory(folder.resolve("routes")).resolve("routing.camel.yaml"), routing());
    }

    private String yaml() {
        return """
                name: benchmark
                routing: { strategy: round_robin, retries: 1, timeout: 60 }
                rate_limit: { tpm: 1000000000000 }
                logging: { level: WARN }
                clients:
                  keys:
                %s
                    - { name: bench, key: %s, tpm: 1000000000000 }
                instances:
                %s
                """.formatted(lines(keys - 1, this::key), Chat.KEY, lines(instances, this::instance));
    }

    private String key(int number) {
        return "    - { name: client-%1$d, key: bench-client-key-of-number-%1$d, tpm: 100000, rpm: 1000 }".formatted(number);
    }

    private String instance(int number) {
        String served = IntStream.range(1, models).mapToObj(model -> "model-%d-%d".formatted(number % GROUPS, model))
                .collect(Collectors.joining(", "));
        return ("  - { name: instance-%1$d, provider_type: generic, api_key: upstream-key, api_base: \"http://127.0.0.1:%2$d/v1\", "
                + "supported_models: [%3$s, %4$s], max_tpm: 1000000000000, tags: [group-%5$d] }")
                .formatted(number, upstreamPort, served.isEmpty() ? "other" : served, Chat.MODEL, number % GROUPS);
    }

    private String routing() {
        return """
                - route:
                    id: routing
                    from:
                      uri: direct:routing
                      steps:
                        - choice:
                            when:
                %s
                            otherwise:
                              steps:
                                - loadBalance:
                                    customLoadBalancer:
                                      ref: configured
                                    steps:
                                      - to:
                                          uri: instance:*
                """.formatted(lines(rules, this::rule));
    }

    private String rule(int number) {
        return """
                            - simple: "${header.x-team} == 'team-%d'"
                              steps:
                                - loadBalance:
                                    customLoadBalancer:
                                      ref: roundRobin
                                    steps:
                                      - to:
                                          uri: instance:*?tag=group-%d""".formatted(number, Math.min(instances, GROUPS) - 1).indent(14).stripTrailing();
    }

    private static String lines(int count, IntFunction<String> line) {
        return IntStream.range(0, count).mapToObj(line).collect(Collectors.joining("\n"));
    }
}
