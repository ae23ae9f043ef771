package dev.openaigateway.reload;

import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import dev.openaigateway.support.TestSettings;
import org.apache.camel.Route;
import org.apache.camel.support.LifecycleStrategySupport;
import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.Collection;

import static org.assertj.core.api.Assertions.assertThat;

/** The routes of an instance can be refused when they are added, after the settings were found valid. */
@GatewayTest
class RefusedRoutesTest {

    @Test
    void shouldReportRoutesThatCannotBeCreatedAsAProblem() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
             TestGateway gateway = TestGateway.start("admin: { watch_files: false }\n" + TestSettings.instances(upstream.uri(), "east"))) {
            gateway.main().getCamelContext().addLifecycleStrategy(new LifecycleStrategySupport() {
                @Override
                public void onRoutesAdd(Collection<Route> routes) {
                    throw new IllegalStateException("no room for routes");
                }
            });
            Files.writeString(gateway.settingsFile(), "admin: { watch_files: false }\n" + TestSettings.instances(upstream.uri(), "east", "west"));

            HttpResponse<String> response = gateway.post("/config/reload", "");

            assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
            assertThat(response.body()).contains("\"code\":\"invalid_settings\"", "The routes of the instances cannot be created: ", "no room for routes");
        }
    }
}
