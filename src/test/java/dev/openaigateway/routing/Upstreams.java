package dev.openaigateway.routing;

import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestClock;
import dev.openaigateway.support.TestGateway;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.function.UnaryOperator;

/** A gateway with three generic instances, {@code first}, {@code second} and {@code third}, in this order. */
final class Upstreams implements AutoCloseable {

    final ScriptedUpstream first = ScriptedUpstream.start();
    final ScriptedUpstream second = ScriptedUpstream.start();
    final ScriptedUpstream third = ScriptedUpstream.start();
    final TestClock clock = new TestClock();
    final TestGateway gateway;

    /** @param settings further settings, in YAML */
    Upstreams(String settings) {
        this(settings, builder -> builder);
    }

    Upstreams(String settings, UnaryOperator<TestGateway.Builder> more) {
        gateway = more.apply(TestGateway.builder().clock(clock).settings(settings + """

                instances:
                  - { name: first, provider_type: generic, api_key: key-one, api_base: "%s", priority: 1, supported_models: [gpt-4o] }
                  - { name: second, provider_type: generic, api_key: key-two, api_base: "%s", priority: 2, supported_models: [gpt-4o] }
                  - { name: third, provider_type: generic, api_key: key-three, api_base: "%s", priority: 3, supported_models: [gpt-4o, o1] }
                """.formatted(first.uri(), second.uri(), third.uri()))).start();
    }

    HttpResponse<String> chat() {
        return gateway.chat("gpt-4o");
    }

    /** Requests received so far by each of the three. */
    List<Integer> counts() {
        return List.of(first.requests().size(), second.requests().size(), third.requests().size());
    }

    void allRespond(Reply reply) {
        first.respond(reply);
        second.respond(reply);
        third.respond(reply);
    }

    static String instance(HttpResponse<String> response) {
        return response.headers().firstValue("x-gateway-instance").orElse("none");
    }

    @Override
    public void close() {
        gateway.close();
        first.close();
        second.close();
        third.close();
    }
}
