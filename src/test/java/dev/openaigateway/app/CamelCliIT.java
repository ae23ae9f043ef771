package dev.openaigateway.app;

import dev.openaigateway.support.CamelCli;
import dev.openaigateway.support.Checkout;
import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.ExamplePolicy;
import dev.openaigateway.support.GatewayProcess;
import dev.openaigateway.support.ProcessTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code camel run *} in the checkout. */
@ProcessTest
class CamelCliIT {

    @TempDir
    Path checkout;

    @TempDir
    Path scratch;

    private GatewayProcess start() throws Exception {
        Checkout.cloneTo(checkout);
        ExamplePolicy.pack(checkout.resolve("ext/cheapest-first.jar"));
        return GatewayProcess.start(checkout, command("run", "--dev"));
    }

    private List<String> command(String... words) throws Exception {
        Files.createDirectories(checkout.resolve("target"));
        List<String> args = new ArrayList<>(List.of(words));
        args.addAll(Checkout.names());
        return CamelCli.command(scratch, args);
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

    /** One process for all, because its start takes most of the time. */
    @Test
    void shouldApplyEditsAndNewFilesAndSurviveMistakesInDevMode() throws Exception {
        try (GatewayProcess gateway = start()) {
            gateway.await("Camel OpenAI Gateway serves");
            String original = Files.readString(checkout.resolve("routes/routing.camel.yaml"));
            respondAndApplyEdits(gateway, original);
            assertThat(gateway.output()).noneMatch(line -> line.contains("ERROR"));

            surviveMistakes(gateway, original);
            takeUpNewFiles(gateway);
            assertThat(gateway.output()).noneMatch(line -> line.contains("2nd consumer"));
        }
    }

    @Test
    void shouldEndWithTheReasonWhenTheSettingsAreWrong() throws Exception {
        Checkout.cloneTo(checkout);

        try (GatewayProcess gateway = GatewayProcess.start(checkout, command("run"), "many")) {
            assertThat(gateway.await("PORT \"many\"")).contains("ERROR").contains("must be a whole number from 0 to 65535");
            assertThat(gateway.awaitEnd()).isEqualTo(1);
        }
    }

    private void respondAndApplyEdits(GatewayProcess gateway, String original) throws Exception {
        HttpResponse<String> before = gateway.send();
        rules("""
                - beans:
                    - name: cheapest
                      type: com.example.CheapestFirst
                """ + original.replace("uri: instance:*", "uri: instance:demo-generic").replace("ref: configured", "ref: cheapest"));
        gateway.await("Active rules:");
        HttpResponse<String> after = gateway.send();
        editAdminRoutes("Responds while the process is alive", "Responds while the process lives");
        gateway.await("Routes reloaded summary");
        HttpResponse<String> last = gateway.send();

        assertThat(before.body()).contains("This is the demo upstream (azure)");
        assertThat(before.headers().firstValue("x-gateway-instance")).hasValue("demo-azure");
        assertThat(after.body()).contains("This is the demo upstream (generic)");
        assertThat(after.headers().firstValue("x-gateway-instance")).hasValue("demo-generic");
        assertThat(last.headers().firstValue("x-gateway-instance")).hasValue("demo-generic");
        assertThat(gateway.output()).anyMatch(line -> line.contains("Extensions: ext/cheapest-first.jar"));

        rules(original);
        Eventually.holds("the original rules are back", () -> isServedBy(gateway, "demo-azure"));
    }

    private void surviveMistakes(GatewayProcess gateway, String original) throws Exception {
        rules(original.replace("uri: instance:*", "uri: instance:demo-genric"));
        gateway.await("did you mean \"demo-generic\"");
        assertThat(responded(gateway)).isEqualTo("demo-azure");

        rules(original.replace("uri: instance:*", "uri: instance:demo-generic"));
        gateway.await("Active rules: routing.camel.yaml");
        assertThat(responded(gateway)).isEqualTo("demo-generic");

        rules(original.replace("ref: configured", "ref: configurd"));
        gateway.await("did you mean \"configured\"");
        assertThat(responded(gateway)).isEqualTo("demo-generic");
    }

    private void takeUpNewFiles(GatewayProcess gateway) throws Exception {
        Path further = Files.createDirectories(checkout.resolve("routes/rules")).resolve("team.camel.yaml");
        Files.writeString(further, """
                - route:
                    id: team
                    from:
                      uri: direct:team
                      steps:
                        - to: { uri: "instance:demo-azure" }
                """);
        rules("""
                - route:
                    id: routing
                    from:
                      uri: direct:routing
                      steps:
                        - to: { uri: "direct:team" }
                """);
        gateway.await("team.camel.yaml");
        Eventually.holds("the new file serves", () -> isServedBy(gateway, "demo-azure"));

        editAdminRoutes("Responds while the process lives", "Responds while the process is alive");
        gateway.await("Routes reloaded summary");
        assertThat(responded(gateway)).isEqualTo("demo-azure");
    }

    private void rules(String yaml) throws IOException {
        Files.writeString(checkout.resolve("routes/routing.camel.yaml"), yaml);
    }

    private void editAdminRoutes(String from, String to) throws IOException {
        Path admin = checkout.resolve("routes/admin.camel.yaml");
        Files.writeString(admin, Files.readString(admin).replace(from, to));
    }
}
