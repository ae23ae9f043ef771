package dev.openaigateway.reload.live;

import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.OneRoute;
import dev.openaigateway.support.TestGateway;
import dev.openaigateway.support.TestSettings;
import org.apache.camel.CamelContext;
import org.apache.camel.support.LifecycleStrategySupport;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadPoolExecutor;

import static org.assertj.core.api.Assertions.assertThat;

/** The thread pools of a route that cannot be built. */
@GatewayTest
class RefusedThreadPoolsTest {

    private static final String RULES = OneRoute.of("""
            - multicast: { parallelProcessing: true, steps: [ { log: a } ] }
            - throttle: { constant: 10, timePeriodMillis: "1000" }
            - delay: { constant: 1, asyncDelayed: true }
            - threads: { poolSize: "2", maxPoolSize: "3" }
            - wireTap: { uri: "instance:east" }
            - unmarshal: { custom: { ref: nosuch } }
            - to: { uri: "instance:east" }
            """);

    private final List<ThreadPoolExecutor> added = new CopyOnWriteArrayList<>();
    private final List<ThreadPoolExecutor> removed = new CopyOnWriteArrayList<>();

    @Test
    void shouldBeShutDown() {
        String settings = "admin: { watch_files: false }\n" + TestSettings.instances("http://127.0.0.1:9", "east");
        try (TestGateway gateway = TestGateway.builder().folder(GatewayFolder.copy().rules(OneRoute.to("instance:east")).path()).settings(settings).start()) {
            gateway.main().getCamelContext().addLifecycleStrategy(new LifecycleStrategySupport() {
                @Override
                public void onThreadPoolAdd(CamelContext context, ThreadPoolExecutor pool, String id, String sourceId, String routeId, String profile) {
                    added.add(pool);
                }

                @Override
                public void onThreadPoolRemove(CamelContext context, ThreadPoolExecutor pool) {
                    removed.add(pool);
                }
            });

            assertThat(gateway.post("/config/validate", RULES, "Content-Type", "text/yaml").body()).contains("nosuch");

            assertThat(added).hasSizeGreaterThanOrEqualTo(5).allMatch(ThreadPoolExecutor::isShutdown);
            assertThat(removed).containsExactlyInAnyOrderElementsOf(added);
        }
    }
}
