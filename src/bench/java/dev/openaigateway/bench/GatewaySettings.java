package dev.openaigateway.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The gateway's settings file: two generic instances with the same upstream, and client keys enabled.
 *
 * @param rateLimit the mapping of {@code rate_limit}
 * @param tpm       the limit of the client and of each instance; 0 for none
 * @param traced    whether each request is traced; the upstream accepts the spans too
 * @param rules     the text of {@code routing.camel.yaml}; empty for the rules in the jar
 */
record GatewaySettings(int upstreamPort, String rateLimit, long tpm, boolean traced, String rules) implements GatewayFiles {

    private static final long NEVER_REACHED = 1_000_000_000_000L;

    GatewaySettings(int upstreamPort, String rateLimit, long tpm) {
        this(upstreamPort, rateLimit, tpm, false, "");
    }

    /** Settings without token limits. */
    static GatewaySettings unlimited(int upstreamPort) {
        return new GatewaySettings(upstreamPort, "{ enabled: false }", 0);
    }

    /**
     * Settings with limits for the gateway, the client and each instance, which are never reached.
     *
     * @param redisUrl where the windows are; empty for the memory of the gateway
     */
    static GatewaySettings limitedEverywhere(int upstreamPort, String redisUrl) {
        return new GatewaySettings(upstreamPort, "{ enabled: true, tpm: " + NEVER_REACHED + ", redis_url: \"" + redisUrl + "\" }", NEVER_REACHED);
    }

    GatewaySettings withTraces() {
        return new GatewaySettings(upstreamPort, rateLimit, tpm, true, rules);
    }

    GatewaySettings withRules(String text) {
        return new GatewaySettings(upstreamPort, rateLimit, tpm, traced, text);
    }

    @Override
    public void write(Path folder) throws IOException {
        Files.writeString(folder.resolve(FILE), yaml());
        if (!rules.isEmpty()) {
            Files.writeString(Files.createDirectory(folder.resolve("routes")).resolve("routing.camel.yaml"), rules);
        }
    }

    private String yaml() {
        return (traced ? "traces: { endpoint: \"http://127.0.0.1:" + upstreamPort + "\" }\n" : "") + """
                name: benchmark
                routing: { strategy: round_robin, retries: 1, timeout: 60 }
                rate_limit: %s
                clients: { keys: [ { name: bench, key: %s, tpm: %d } ] }
                logging: { level: WARN }
                instances:
                  - { name: one, provider_type: generic, api_key: upstream-key, api_base: "http://127.0.0.1:%d/v1", supported_models: [%s], max_tpm: %d }
                  - { name: two, provider_type: generic, api_key: upstream-key, api_base: "http://127.0.0.1:%d/v1", supported_models: [%s], max_tpm: %d }
                """.formatted(rateLimit, Chat.KEY, tpm, upstreamPort, Chat.MODEL, tpm, upstreamPort, Chat.MODEL, tpm);
    }
}
