package dev.openaigateway.throttle;

import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;

import java.net.http.HttpResponse;

import static org.assertj.core.api.Assertions.assertThat;

/** Requests with a known price: the prompt has 9 tokens, and the default response of an upstream reports 21 in total. */
final class PricedRequest {

    static final int PROMPT = 9;
    static final int BILLED = 21;

    private PricedRequest() {
    }

    /** Reserves {@code tokens} in total. */
    static HttpResponse<String> reserving(TestGateway gateway, int tokens, String... headers) {
        return gateway.post("/v1/chat/completions", body(tokens), headers);
    }

    static String body(int tokens) {
        return "{\"model\":\"gpt-4o\",\"max_tokens\":" + (tokens - PROMPT)
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"Hello!\"}]}";
    }

    static String stream(int tokens) {
        return body(tokens).replaceFirst("\\{", "{\"stream\":true,");
    }

    /** An instance of the settings; {@code more} are further keys, each after a comma. */
    static String instance(String name, ScriptedUpstream upstream, int priority, String more) {
        return "  - { name: %s, provider_type: generic, api_key: k, api_base: \"%s\", priority: %d%s }%n"
                .formatted(name, upstream.uri(), priority, more);
    }

    static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse(null);
    }

    /** Waits until no reservation is open, and checks that none was closed twice. */
    static void awaitSettled(TestGateway gateway) {
        Eventually.holds("no reservation is open", () -> gateway.metric("gateway_reservations_open") == 0);
        assertThat(gateway.metric("gateway_reservations_closed_twice_total")).isZero();
    }

    /** The tokens of all clients in the metrics, on the lines that contain the label. */
    static double recorded(String metrics, String label) {
        return metrics.lines().filter(line -> line.startsWith("gateway_client_tokens_total{") && line.contains(label))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))).sum();
    }

    /** @param kind gateway, client or instance */
    static void assertLeft(TestGateway gateway, String kind, String name, long tokens) {
        assertThat(left(gateway, kind, name)).as("left of the " + kind + "'s limit").isEqualTo(tokens);
    }

    static long left(TestGateway gateway, String kind, String name) {
        return (long) gateway.metric("gateway_tokens_remaining{limit=\"" + kind + "\",name=\"" + name + "\"}");
    }
}
