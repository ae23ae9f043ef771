package dev.openaigateway.app;

import dev.openaigateway.support.CamelCli;
import dev.openaigateway.support.Checkout;
import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.ExamplePolicy;
import dev.openaigateway.support.GatewayProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code camel run *} in the checkout. */
class CamelCliIT {

    @TempDir
    Path checkout;

    @TempDir
    Path scratch;

    private GatewayProcess start() throws Exception {
        Checkout.cloneTo(checkout);
        Files.createDirectories(checkout.resolve("target"));
        ExamplePolicy.pack(checkout.resolve("ext/cheapest-first.jar"));
        List<String> args = new ArrayList<>(List.of("run", "--dev"));
        args.addAll(Checkout.names());
        return GatewayProcess.start(checkout, CamelCli.command(scratch, args));
    }

    private String responded(GatewayProcess gateway) throws Exception {
        return gateway.send().headers().firstValue("x-gateway-instance").orElse("none");
    }

    private boolean isServedBy(GatewayProcess gateway, String instance) {
        try {
            return responded(gateway).equals(instance);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shouldSurviveMistakesAndTakeUpNewFilesInDevMode() throws Exception {
        try (GatewayProcess gateway = start()) {
            gateway.await("Camel OpenAI Gateway serves");
            Path rules = checkout.resolve("routes/routing.camel.yaml");
            String original = Files.readString(rules);
            Files.writeString(rules, original.replace("uri: instance:*", "uri: instance:demo-genric"));
            gateway.await("did you mean \"demo-generic\"");
            assertThat(responded(gateway)).isEqualTo("demo-azure");

            Files.writeString(rules, original.replace("uri: instance:*", "uri: instance:demo-generic"));
            gateway.await("Active rules: routing.camel.yaml");
            assertThat(responded(gateway)).isEqualTo("demo-generic");

            Files.writeString(rules, original.replace("ref: configured", "ref: configurd"));
            gateway.await("did you mean \"configured\"");
            assertThat(responded(gateway)).isEqualTo("demo-generic");
            Path further = Files.createDirectories(checkout.resolve("routes/rules")).resolve("team.camel.yaml");
            Files.writeString(further, """
                    - route:
                        id: team
                        from:
                          uri: direct:team
                          steps:
                            - to: { uri: "instance:demo-azure" }
                    """);
            Files.writeString(rules, """
                    - route:
                        id: routing
                        from:
                          uri: direct:routing
                          steps:
                            - to: { uri: "direct:team" }
                    """);
            gateway.await("team.camel.yaml");
            Eventually.holds("the new file serves", () -> isServedBy(gateway, "demo-azure"));

            Path admin = checkout.resolve("routes/admin.camel.yaml");
            Files.writeString(admin, Files.readString(admin).replace("Responds while the process is alive", "Responds while the process lives"));
            gateway.await("Routes reloaded summary");
            assertThat(responded(gateway)).isEqualTo("demo-azure");
            assertThat(gateway.output()).noneMatch(line -> line.contains("2nd consumer"));
        }
    }

    @Test
    void shouldRespondAndApplyAnEditedRouteInDevMode() throws Exception {
        try (GatewayProcess gateway = start()) {
            gateway.await("Camel OpenAI Gateway serves");
            HttpResponse<String> before = gateway.send();

            Path rules = checkout.resolve("routes/routing.camel.yaml");
            Files.writeString(rules, """
                    - beans:
                        - name: cheapest
                          type: com.example.CheapestFirst
                    """ + Files.readString(rules).replace("uri: instance:*", "uri: instance:demo-generic").replace("ref: configured", "ref: cheapest"));
            gateway.await("Active rules:");
            HttpResponse<String> after = gateway.send();

            Path admin = checkout.resolve("routes/admin.camel.yaml");
            Files.writeString(admin, Files.readString(admin)
                    .replace("Responds while the process is alive", "Responds while the process lives"));
            gateway.await("Routes reloaded summary");
            HttpResponse<String> last = gateway.send();

            assertThat(before.body()).contains("This is the demo upstream (azure)");
            assertThat(before.headers().firstValue("x-gateway-instance")).hasValue("demo-azure");
            assertThat(after.body()).contains("This is the demo upstream (generic)");
            assertThat(after.headers().firstValue("x-gateway-instance")).hasValue("demo-generic");
            assertThat(last.headers().firstValue("x-gateway-instance")).hasValue("demo-generic");
            assertThat(gateway.output()).anyMatch(line -> line.contains("Extensions: ext/cheapest-first.jar"));
            assertThat(gateway.output()).noneMatch(line -> line.contains("ERROR"));
        }
    }
}
