package dev.openaigateway.affinity;

import dev.openaigateway.support.StatefulResource;
import dev.openaigateway.support.TestGateway;

import java.net.http.HttpResponse;

/** A gateway before two resources, {@code one} and {@code two}, in turn, which refuse what the other has made. */
final class TwoResources implements AutoCloseable {

    final StatefulResource one = new StatefulResource("one");
    final StatefulResource two = new StatefulResource("two");
    TestGateway gateway;

    /** @param settings further settings, in YAML */
    TwoResources(String settings) {
        restart(settings);
    }

    /** Starts a gateway in place of the one that runs. */
    void restart(String settings) {
        if (gateway != null) {
            gateway.close();
        }
        gateway = start(settings);
    }

    /** Starts a further gateway before the same resources. */
    TestGateway start(String settings) {
        return TestGateway.start(settings + """

                routing: { strategy: round_robin }
                instances:
                  - { name: one, provider_type: generic, api_key: key-1, api_base: "%s" }
                  - { name: two, provider_type: generic, api_key: key-2, api_base: "%s" }
                """.formatted(one.upstream().uri(), two.upstream().uri()));
    }

    /** The parts of a response that lead back to its resource, such as {@code one-1}. */
    static String mark(HttpResponse<String> response) {
        return response.body().replaceAll("(?s).*?\"id\":\"resp_([a-z]+-\\d+)\".*", "$1");
    }

    static String instance(HttpResponse<String> response) {
        return response.headers().firstValue("x-gateway-instance").orElse("none");
    }

    @Override
    public void close() {
        gateway.close();
        one.close();
        two.close();
    }
}
