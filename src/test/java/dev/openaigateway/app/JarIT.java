package dev.openaigateway.app;

import dev.openaigateway.support.Checkout;
import dev.openaigateway.support.ClassArchive;
import dev.openaigateway.support.GatewayProcess;
import dev.openaigateway.support.ProcessTest;
import dev.openaigateway.support.RedisProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.jar.JarFile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

/** {@code java -jar target/openai-gateway.jar}. */
@ProcessTest
class JarIT {

    @TempDir
    Path folder;
    @TempDir
    Path elsewhere;

    @Test
    void shouldRespondInAnEmptyFolderAndStopWhenRequested() throws Exception {
        Path loaded = elsewhere.resolve("classes.txt");
        List<String> command = List.of(Checkout.JAVA, "-Xlog:class+load:file=" + loaded, "-jar", Checkout.JAR.toString());
        try (GatewayProcess gateway = GatewayProcess.start(folder, command)) {
            gateway.await("Camel OpenAI Gateway serves");

            HttpResponse<String> response = gateway.send();
            gateway.stop();

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).contains("This is the demo upstream");
            assertThat(gateway.awaitEnd()).isEqualTo(143);
            assertThat(gateway.output()).as("nothing that the JVM warns of").noneMatch(line -> line.startsWith("WARNING"));
        }
        assertThat(folder).isEmptyDirectory();
        assertThat(loaded).as("classes loaded while traces are off").content().contains("dev.openaigateway.app.TraceWiring")
                .doesNotContain("io.opentelemetry.", "org.apache.camel.telemetry.", "dev.openaigateway.traces.Traces");
    }

    @Test
    void shouldUseTheRoutesOfTheCheckoutItStartsIn() throws Exception {
        Checkout.cloneTo(folder);
        Path rules = folder.resolve("routes/routing.camel.yaml");
        Files.writeString(rules, Files.readString(rules).replace("uri: instance:*", "uri: instance:demo-generic"));

        try (GatewayProcess gateway = GatewayProcess.start(folder, Checkout.jar())) {
            gateway.await("Camel OpenAI Gateway serves");

            assertThat(gateway.send().headers().firstValue("x-gateway-instance")).hasValue("demo-generic");
        }
    }

    @Test
    void shouldKeepLimitsInRedis() throws Exception {
        Path settings = folder.resolve("settings.yaml");
        try (RedisProcess redis = RedisProcess.started()) {
            Files.writeString(settings, """
                    rate_limit: { tpm: 1000000, redis_url: "%s", on_redis_failure: closed }
                    instances: [ { name: demo, provider_type: generic, api_base: "http://127.0.0.1:1" } ]
                    """.formatted(redis.url()));
            try (GatewayProcess gateway = GatewayProcess.start(folder, Checkout.gateway(settings))) {
                gateway.await("Camel OpenAI Gateway serves");

                gateway.send();

                assertThat(redis.command("DBSIZE")).isNotEqualTo(":0");
            }
        }
    }

    /** Two builds of the same sources give the same bytes. */
    @Test
    void shouldHoldNothingOfTheTimeOrTheMachineOfTheBuild() throws Exception {
        try (JarFile jar = new JarFile(Checkout.JAR.toFile())) {
            assertThat(jar.stream()).allSatisfy(entry -> assertThat(entry.getTimeLocal()).as(entry.getName()).isEqualTo(LocalDateTime.of(2026, 1, 1, 0, 0)));
            assertThat(jar.getManifest().getMainAttributes().keySet()).extracting(Object::toString)
                    .doesNotContain("Built-By", "Build-Jdk", "Build-Time", "Created-At");
        }
    }

    @Test
    void shouldTrainAStartUpCache() {
        assertThatCode(ClassArchive::options).doesNotThrowAnyException();
    }

    @Test
    void shouldLogInOneLineWhyItCannotStart() throws Exception {
        try (GatewayProcess gateway = GatewayProcess.start(folder, Checkout.jar(), "many")) {
            String line = gateway.await("The gateway cannot start");

            assertThat(gateway.awaitEnd()).isEqualTo(1);
            assertThat(line).endsWith("environment: PORT \"many\" must be a whole number from 0 to 65535");
            assertThat(gateway.output()).hasSize(1);
        }
    }
}
