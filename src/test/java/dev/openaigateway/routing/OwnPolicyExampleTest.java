package dev.openaigateway.routing;

import dev.openaigateway.support.CapturedLog;
import dev.openaigateway.support.ExamplePolicy;
import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** The example of a policy outside the project: compiled, packed into a jar below {@code ext}, and used by its rules. */
@GatewayTest
class OwnPolicyExampleTest {

    private static final Path EXAMPLE = ExamplePolicy.FOLDER;
    private static final ScriptedUpstream UPSTREAM = ScriptedUpstream.start();
    private static final GatewayFolder FOLDER = GatewayFolder.copy();
    private static List<String> extensions;
    private static TestGateway gateway;

    @BeforeAll
    static void start() throws IOException {
        ExamplePolicy.pack(FOLDER.path().resolve("ext/cheapest-first.jar"));
        FOLDER.rules(Files.readString(EXAMPLE.resolve("routes/routing.camel.yaml")));
        try (CapturedLog captured = new CapturedLog()) {
            gateway = TestGateway.builder().folder(FOLDER.path()).variable("DEAR_URL", UPSTREAM.uri()).variable("MIDDLE_URL", UPSTREAM.uri())
                    .variable("CHEAP_URL", UPSTREAM.uri())
                    .settings("admin: { watch_files: false }\n" + Files.readString(EXAMPLE.resolve("routes/instances.yaml"))).start();
            extensions = captured.linesWith("Extensions: ");
        }
    }

    @AfterAll
    static void stop() {
        gateway.close();
        UPSTREAM.close();
    }

    @Test
    void shouldOrderByTheClassInTheJar() {
        assertThat(extensions).singleElement().asString().contains("ext/cheapest-first.jar");
        assertThat(Upstreams.instance(gateway.chat("gpt-4o"))).isEqualTo("little-but-cheap");
        assertThat(gateway.get("/admin/route?model=gpt-4o").body().replaceAll("\\s*:\\s*", ":"))
                .contains("\"policy\":\"cheapest\"", "goes first (price 250)");
    }

    @Test
    void shouldOrderByTheScriptInTheFile() {
        UPSTREAM.enqueue(Reply.embedding(0.5));

        assertThat(Upstreams.instance(gateway.post("/v1/embeddings", "{\"model\":\"m\",\"input\":\"Hi\"}"))).isEqualTo("middle");
        assertThat(gateway.get("/admin/route?model=m&operation=embeddings").body())
                .contains("shortestName", "goes first (in the policy's order)");
    }

    @Test
    void shouldApplyAChangedScript() throws IOException {
        String rules = Files.readString(EXAMPLE.resolve("routes/routing.camel.yaml"));
        FOLDER.rules(rules.replace("length() }", "length() * -1 }"));
        assertThat(gateway.post("/config/reload", "").statusCode()).isEqualTo(200);
        UPSTREAM.enqueue(Reply.embedding(0.5));

        assertThat(Upstreams.instance(gateway.post("/v1/embeddings", "{\"model\":\"m\",\"input\":\"Hi\"}"))).isEqualTo("little-but-cheap");

        FOLDER.rules(rules);
        assertThat(gateway.post("/config/reload", "").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldServeAlthoughAPolicyFails() throws IOException {
        String rules = Files.readString(EXAMPLE.resolve("routes/routing.camel.yaml"));
        FOLDER.rules(rules.replace("it.instance().name().length()", "it.nonsense()"));
        assertThat(gateway.post("/config/reload", "").statusCode()).isEqualTo(200);
        UPSTREAM.enqueue(Reply.embedding(0.5));
        try (CapturedLog captured = new CapturedLog()) {
            assertThat(Upstreams.instance(gateway.post("/v1/embeddings", "{\"model\":\"m\",\"input\":\"Hi\"}"))).isEqualTo("large-and-dear");
            assertThat(captured.linesWith("The policy 'shortestName' failed with")).singleElement().asString().contains("nonsense");
        }
        FOLDER.rules(rules);
        assertThat(gateway.post("/config/reload", "").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldRefuseAMisspeltName() throws IOException {
        String rules = Files.readString(EXAMPLE.resolve("routes/routing.camel.yaml"));
        FOLDER.rules(rules.replace("ref: cheapest", "ref: cheapst"));
        String refused = gateway.post("/config/reload", "").body().replace("\\\"", "\"");
        FOLDER.rules(rules);

        assertThat(refused).contains("names policy \"cheapst\"", "did you mean \"cheapest\"");
        String place = refused.replaceFirst("(?s).*?(routing.camel.yaml:\\d+:\\d+:).*", "$1");
        assertThat(Files.readString(EXAMPLE.resolve("README.md"))).as(refused).contains("`" + place);
    }
}
