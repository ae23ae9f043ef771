package dev.openaigateway.bench;

/**
 * The gateway's settings file: two generic instances with the same upstream, and client keys enabled.
 *
 * @param rateLimit the mapping of {@code rate_limit}
 */
record GatewaySettings(int upstreamPort, String rateLimit) {

    /** Settings without token limits. */
    static GatewaySettings unlimited(int upstreamPort) {
        return new GatewaySettings(upstreamPort, "{ enabled: false }");
    }

    String yaml() {
        return """
                name: benchmark
                routing: { strategy: round_robin, retries: 1, timeout: 60 }
                rate_limit: %s
                clients: { keys: [ { name: bench, key: %s } ] }
                logging: { level: WARN }
                instances:
                  - { name: one, provider_type: generic, api_key: upstream-key, api_base: "http://127.0.0.1:%d/v1", supported_models: [%s] }
                  - { name: two, provider_type: generic, api_key: upstream-key, api_base: "http://127.0.0.1:%d/v1", supported_models: [%s] }
                """.formatted(rateLimit, Chat.KEY, upstreamPort, Chat.MODEL, upstreamPort, Chat.MODEL);
    }
}
