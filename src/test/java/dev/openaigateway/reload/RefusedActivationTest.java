package dev.openaigateway.reload;

import dev.openaigateway.config.LiveSettings;
import dev.openaigateway.config.Settings;
import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import dev.openaigateway.support.TestSettings;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.model.Model;
import org.apache.camel.support.LifecycleStrategySupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadPoolExecutor;

import static org.assertj.core.api.Assertions.assertThat;

/** The last step of a reload fails, after settings and rules were found valid: neither of them may have changed. */
@GatewayTest
class RefusedActivationTest {

    private static final String KEY = "key-aaaaaaaaaaaaaaaaaaaa";
    private static final String OPEN = "admin: { watch_files: false }\n";
    private static final String KEYS = "clients: { keys: [ { name: a, key: " + KEY + " } ] }\n" + OPEN;

    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private final GatewayFolder folder = GatewayFolder.copy().rules(rules("east"));
    private final FailingEntry entry = new FailingEntry();
    private TestGateway gateway;
    private CamelContext context;

    /** Refuses routes only when they enter the context, which is after they were built and started. */
    private static final class FailingEntry extends LifecycleStrategySupport {

        private volatile CamelContext context;
        private volatile String refused;
        private final Set<ThreadPoolExecutor> pools = ConcurrentHashMap.newKeySet();

        @Override
        public void onThreadPoolAdd(CamelContext owner, ThreadPoolExecutor pool, String id, String source, String route, String profile) {
            if (source.startsWith("throttle")) {
                pools.add(pool);
            }
        }

        @Override
        public void onThreadPoolRemove(CamelContext owner, ThreadPoolExecutor pool) {
            pools.remove(pool);
        }

        @Override
        public void onRoutesAdd(Collection<Route> routes) {
            for (Route route : routes) {
                if (context != null && context.getRoutes().contains(route) && route.getRouteId().equals(refused)) {
                    throw new Error("of a library");
                }
            }
        }
    }

    @BeforeEach
    void startGateway() {
        upstream.respond(Reply.json(200, "{\"id\":\"c\",\"object\":\"chat.completion\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
                + "\"content\":\"Hi\"},\"finish_reason\":\"stop\"}]}"));
        gateway = TestGateway.builder().folder(folder.path()).settings(settings(KEYS, "east", "west")).start();
        context = gateway.main().getCamelContext();
        context.addLifecycleStrategy(entry);
        entry.context = context;
        assertThat(served()).isEqualTo("east");
    }

    @AfterEach
    void stopGateway() {
        gateway.close();
        upstream.close();
    }

    private static String rules(String instance) {
        return """
                - route:
                    id: routing
                    from:
                      uri: direct:routing
                      steps:
                        - to: direct:%1$s
                - route:
                    id: to-%1$s
                    from:
                      uri: direct:%1$s
                      steps:
                        - throttle: { expression: { constant: "1000" } }
                        - to: instance:%1$s
                """.formatted(instance);
    }

    private String settings(String access, String... instances) {
        return access + TestSettings.instances(upstream.uri(), instances);
    }

    private HttpResponse<String> reload() {
        return gateway.post("/config/reload", "");
    }

    private String served() {
        return gateway.chat("gpt-4o", "Authorization", "Bearer " + KEY).headers().firstValue("x-gateway-instance").orElse("none");
    }

    private void write(String settings) {
        try {
            Files.writeString(gateway.settingsFile(), settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a version holds of Camel. */
    private Set<String> held() {
        Set<String> held = new TreeSet<>();
        context.getRoutes().forEach(route -> held.add("route " + route.getRouteId()));
        context.getCamelContextExtension().getRouteStartupOrder().forEach(order -> held.add("started " + order.getRoute().getRouteId()));
        context.getCamelContextExtension().getContextPlugin(Model.class).getRouteDefinitions().forEach(route -> held.add("model " + route.getRouteId()));
        context.getEndpoints().forEach(endpoint -> held.add("endpoint " + endpoint.getEndpointUri()));
        held.add(context.getRoutes().size() + " routes, " + context.getCamelContextExtension().getExchangeFactoryManager().getConsumerCounter() + " consumers, "
                + entry.pools.size() + " pools of threads");
        return held;
    }

    private void assertFormer() {
        assertThat(gateway.chat("gpt-4o").statusCode()).isEqualTo(401);
        assertThat(served()).isEqualTo("east");
        assertThat(gateway.get("/admin/rules").body()).contains("to-east").doesNotContain("to-west");
        assertThat(gateway.get("/admin/alerts?kind=reload_failed").body()).contains("reload_failed");
    }

    @Test
    void shouldKeepTheSettingsAndTheRulesIfTheRulesCannotEnter() {
        Set<String> before = held();
        entry.refused = "to-west";
        for (int time = 0; time < 3; time++) {
            write(settings(OPEN, "east", "west"));
            folder.rules(rules("west"));
            HttpResponse<String> refused = reload();
            assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
            assertThat(refused.body()).contains("routing.camel.yaml:", "route 'to-west' cannot be started", "of a library");
            assertFormer();
            write(settings(KEYS, "east", "west"));
            HttpResponse<String> other = reload();
            assertThat(other.statusCode()).as("the rules on disk still cannot run: %s", other.body()).isEqualTo(400);
            assertFormer();
        }
        assertThat(held()).isEqualTo(before);
        write(settings(OPEN, "east", "west"));
        entry.refused = null;
        assertThat(reload().statusCode()).isEqualTo(200);
        assertThat(gateway.chat("gpt-4o").statusCode()).isEqualTo(200);
        assertThat(served()).isEqualTo("west");
    }

    /** The rules become active first if those before name an instance that the new settings lack. */
    @Test
    void shouldKeepTheRulesIfTheSettingsCannotChange() {
        Set<String> before = held();
        refuseSettingsWithout("east");
        write(settings(OPEN, "west"));
        folder.rules(rules("west"));
        for (int time = 0; time < 2; time++) {
            assertThat(reload().statusCode()).isEqualTo(500);
            assertFormer();
        }
        folder.rules(rules("east"));
        write(settings(KEYS, "east", "west"));
        assertThat(reload().statusCode()).isEqualTo(200);
        assertThat(served()).isEqualTo("east");
        assertThat(held()).filteredOn(what -> what.startsWith("route") || what.startsWith("model"))
                .isEqualTo(before.stream().filter(what -> what.startsWith("route") || what.startsWith("model")).toList());
    }

    @Test
    void shouldRemoveTheRulesThatWereToFollowRefusedSettings() {
        Set<String> before = held();
        refuseSettingsWithout("north");
        write(settings(OPEN, "east", "west", "south"));
        folder.rules(rules("west"));
        for (int time = 0; time < 2; time++) {
            assertThat(reload().statusCode()).isEqualTo(500);
            assertFormer();
        }
        assertThat(held()).isEqualTo(before);
    }

    private void refuseSettingsWithout(String instance) {
        LiveSettings settings = gateway.liveSettings();
        Settings active = settings.get();
        settings.onChange(next -> {
            if (!next.equals(active) && next.instance(instance).isEmpty()) {
                throw new IllegalStateException("cannot change");
            }
        });
    }
}
