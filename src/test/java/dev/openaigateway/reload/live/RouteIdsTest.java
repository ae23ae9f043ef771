package dev.openaigateway.reload.live;

import dev.openaigateway.support.CapturedLog;
import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestClock;
import dev.openaigateway.support.TestGateway;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Camel and its log know the routes under the ids in the files, after any number of reloads. */
@GatewayTest
class RouteIdsTest {

    private static String rules(int version) {
        return """
                - route:
                    id: routing
                    from:
                      uri: direct:routing
                      steps:
                        - log: { id: say, message: "version %d at ${routeId}" }
                        - to: { id: on, uri: "direct:helper" }
                - route:
                    from:
                      uri: direct:helper
                      steps:
                        - to: { id: out, uri: "instance:*" }
                """.formatted(version);
    }

    @Test
    void shouldStayThoseOfTheFiles() {
        TestClock clock = new TestClock();
        GatewayFolder folder = GatewayFolder.copy().rules(rules(0));
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
             TestGateway gateway = TestGateway.builder().folder(folder.path()).clock(clock).settings("""
                     admin: { watch_files: false }
                     instances: [ { name: east, provider_type: generic, api_key: k, api_base: "%s" } ]
                     """.formatted(upstream.uri())).start();
             CapturedLog log = new CapturedLog()) {
            CamelContext context = gateway.main().getCamelContext();
            List<String> before = context.getRoutes().stream().map(RouteIdsTest::described).sorted().toList();
            for (int version = 1; version <= 5; version++) {
                folder.rules(rules(version));
                assertThat(gateway.post("/config/reload", "").statusCode()).isEqualTo(200);
                clock.advance(Duration.ofMinutes(2));
                assertThat(gateway.chat("gpt-4o").statusCode()).isEqualTo(200);

                assertThat(log.linesWith("routing: version " + version + " at routing")).hasSize(1);
                assertThat(context.getRoutes().stream().map(RouteIdsTest::described).sorted()).isEqualTo(before);
                assertThat(context.getCamelContextExtension().getContextPlugin(Model.class).getRouteDefinitions().stream()
                        .map(RouteDefinition::getRouteId).sorted()).isEqualTo(context.getRoutes().stream().map(Route::getId).sorted().toList());
            }
            assertThat(before).contains("routing direct://routing", "helper direct://helper");
            assertThat(context.getRouteController().getRouteStatus("routing")).isEqualTo(ServiceStatus.Started);
        }
    }

    private static String described(Route route) {
        return route.getId() + " " + route.getEndpoint().getEndpointUri();
    }
}
