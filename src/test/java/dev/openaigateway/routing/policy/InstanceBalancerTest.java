package dev.openaigateway.routing.policy;

import dev.openaigateway.health.Breakers;
import dev.openaigateway.routing.Engine;
import dev.openaigateway.routing.Instances;
import dev.openaigateway.support.TestSettings;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class InstanceBalancerTest {

    @Test
    void shouldEndARequestWhenTheGatewayItselfFails() {
        List<Object> failures = new ArrayList<>();
        List<Boolean> done = new ArrayList<>();
        StackOverflowError error = new StackOverflowError();
        Exchange exchange = (Exchange) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Exchange.class}, (proxy, method, args) -> {
            if (method.getName().equals("setException")) {
                failures.add(args[0]);
                return null;
            }
            throw error;
        });
        Engine engine = new Engine(TestSettings.live(""), null, null, null, null, null);
        InstanceBalancer balancer = new InstanceBalancer(new RoundRobin(), new Instances(new Breakers(null, null), null), engine);

        balancer.process(exchange, done::add);

        assertThat(failures).containsExactly(error);
        assertThat(done).containsExactly(true);
    }
}
