package dev.openaigateway.routing;

import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.OneRoute;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.RulesByHeader;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestClock;
import dev.openaigateway.support.TestGateway;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;

/**
 * A gateway whose rules fall back from gpt-4o, on {@code east} and {@code west}, to gpt-4o-mini on {@code small}. The header
 * {@code x-rule} names the value of {@code when}.
 */
final class FallbackGateway implements AutoCloseable {

    final ScriptedUpstream east = ScriptedUpstream.start();
    final ScriptedUpstream west = ScriptedUpstream.start();
    final ScriptedUpstream small = ScriptedUpstream.start();
    final TestClock clock = new TestClock();
    final TestGateway gateway;

    /**
     * @param settings further settings, in YAML
     * @param small    further keys of the instance {@code small}
     * @param whens    the values of {@code when} for which there is a rule
     */
    FallbackGateway(String settings, String small, String... whens) {
        this(settings, small, rules(whens));
    }

    FallbackGateway(String settings, String small, List<String> rules) {
        gateway = TestGateway.builder().clock(clock).folder(GatewayFolder.copy().rules(choice(rules)).path()).settings(settings + """

                instances:
                  - { name: east, provider_type: generic, api_base: "%s", priority: 1, supported_models: [gpt-4o] }
                  - { name: west, provider_type: generic, api_base: "%s", priority: 2, supported_models: [gpt-4o] }
                  - { name: small, api_base: "%s", %s }
                """.formatted(east.uri(), west.uri(), this.small.uri(), small)).start();
    }

    private static List<String> rules(String... whens) {
        return Stream.of(whens).map(when -> RulesByHeader.rule(when, fallback(", when: \"" + when + "\""))).toList();
    }

    private static String choice(List<String> rules) {
        return OneRoute.of(RulesByHeader.choice(String.join("", rules), fallback("")));
    }

    /** @param more parameters, each after a comma */
    private static String fallback(String more) {
        return """
                - loadBalance:
                    customLoadBalancer: { ref: failover }
                    steps:
                      - to: { uri: "instance:*" }
                      - to: { uri: "instance:*", parameters: { model: gpt-4o-mini%s } }
                """.formatted(more);
    }

    HttpResponse<String> chat(String rule, String... headers) {
        return gateway.chat("gpt-4o", Stream.concat(Stream.of("x-rule", rule), Stream.of(headers)).toArray(String[]::new));
    }

    HttpResponse<String> stream(String rule) {
        return gateway.post("/v1/chat/completions", "{\"model\": \"gpt-4o\",\"stream\":true, \"messages\":[]}", "x-rule", rule);
    }

    void largeRespond(Reply reply) {
        east.respond(reply);
        west.respond(reply);
    }

    /** Makes every instance available again, with its default reply. */
    void reset() {
        Stream.of("east", "west", "small").forEach(name -> gateway.post("/admin/instances/" + name + "/reset", "{}"));
        largeRespond(Reply.chat("large"));
        small.respond(Reply.chat("small"));
    }

    static String header(HttpResponse<String> response, String name) {
        return response.headers().firstValue(name).orElse("none");
    }

    /** The model that was asked for in the latest request to the small instance. */
    String latestBody() {
        return small.requests().get(small.requests().size() - 1).text();
    }

    @Override
    public void close() {
        gateway.close();
        east.close();
        west.close();
        small.close();
    }
}
