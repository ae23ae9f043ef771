package dev.openaigateway.examples;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.openaigateway.support.Checkout;
import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A running gateway that takes up one example after the other, by a reload. Scripted upstreams are put in place of the addresses by
 * the variables that {@code instances.yaml} reads, such as {@code EAST_URL}.
 */
final class Cookbook implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> FILES = List.of("instances.yaml", "routing.camel.yaml", "events.camel.yaml");

    private final Map<String, ScriptedUpstream> upstreams = new TreeMap<>();
    private final GatewayFolder folder = GatewayFolder.copy();
    private final TestGateway gateway;
    private Path example;

    /**
     * @param properties  names and values in turn, in place of those of {@code application.properties}
     * @param upstreams   the variables of addresses without {@code _URL}, such as {@code EAST}
     */
    Cookbook(List<String> properties, String... upstreams) {
        TestGateway.Builder builder = TestGateway.builder().folder(folder.path())
                .variable("GATEWAY_CONFIG", folder.path().resolve("routes/instances.yaml").toString());
        for (String name : upstreams) {
            this.upstreams.put(name, ScriptedUpstream.start());
            builder.variable(name + "_URL", upstream(name).uri());
        }
        for (int i = 0; i < properties.size(); i += 2) {
            builder.property(properties.get(i), properties.get(i + 1));
        }
        folder.write("routes/instances-local.yaml", "admin: { watch_files: false }\nlogging: { file: \"\" }\n");
        gateway = builder.start();
    }

    TestGateway gateway() {
        return gateway;
    }

    ScriptedUpstream upstream(String name) {
        return upstreams.get(name);
    }

    /** Puts the files of the example into the gateway's folder, and reloads. Every instance is healthy, and responds. */
    void use(String name) {
        upstreams.values().forEach(upstream -> upstream.respond(Reply.chat("Hi")));
        example = Checkout.FOLDER.resolve("examples").resolve(name).resolve("routes");
        for (String file : FILES) {
            Path own = example.resolve(file);
            folder.write("routes/" + file, read(Files.exists(own) ? own : Checkout.FOLDER.resolve("routes").resolve(file)));
        }
        reload();
        explain("model=gpt-4o").path("candidates").forEach(row -> gateway.post("/admin/instances/" + row.path("instance").asText() + "/reset", ""));
    }

    /** Takes up the rules of the example with other text in place of a part of them. */
    void useWith(String text, String other) {
        folder.rules(changed("routing.camel.yaml", text, other));
        reload();
    }

    private void reload() {
        HttpResponse<String> reloaded = gateway.post("/config/reload", "");
        assertThat(reloaded.statusCode()).as(reloaded.body()).isEqualTo(200);
    }

    private String changed(String file, String text, String other) {
        String rules = read(example.resolve(file));
        assertThat(rules).contains(text);
        return rules.replace(text, other);
    }

    /** The response to a reload of the rules with a mistake, which is refused with the line of the mistake. */
    String refused(String text, String mistake) {
        return refused("routing.camel.yaml", text, mistake);
    }

    String refused(String file, String text, String mistake) {
        String wrong = changed(file, text, mistake);
        int line = (int) wrong.substring(0, wrong.indexOf(mistake)).lines().count();
        String refused = refusedText(file, wrong);
        assertThat(refused).contains("routes/" + file + ":" + line + ":");
        String place = refused.replaceFirst("(?s).*?(" + file + ":\\d+:\\d+:).*", "$1");
        assertThat(read(example.resolveSibling("README.md"))).as("the mistake in README.md: " + refused).contains("`" + place);
        return refused;
    }

    /** The response to a reload that is refused because of this file of another example. */
    String refusedFile(Path file) {
        return refusedText(file.getFileName().toString(), read(file));
    }

    private String refusedText(String file, String wrong) {
        folder.write("routes/" + file, wrong);
        HttpResponse<String> refused = gateway.post("/config/reload", "");
        folder.write("routes/" + file, read(example.resolve(file)));
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
        return refused.body().replace("\\\"", "\"");
    }

    /** The instance whose response the client got. */
    String servedBy(String model, String... headers) {
        return instance(gateway.chat(model, headers));
    }

    static String instance(HttpResponse<String> response) {
        return response.headers().firstValue("x-gateway-instance").orElse("none: " + response.statusCode());
    }

    List<String> servedBy(int requests, String model, String... headers) {
        return IntStream.range(0, requests).mapToObj(i -> servedBy(model, headers)).toList();
    }

    /** @param query such as {@code model=gpt-4o&header.x-team=research} */
    JsonNode explain(String query) {
        return tree(gateway.get("/admin/route?" + query).body());
    }

    /** The instances that the explanation would call, in order. */
    static List<String> order(JsonNode explanation) {
        return IntStream.range(0, explanation.path("candidates").size()).mapToObj(i -> explanation.path("candidates").get(i))
                .filter(row -> row.path("position").isNumber()).map(row -> row.path("instance").asText()).toList();
    }

    static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + json, e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        gateway.close();
        upstreams.values().forEach(ScriptedUpstream::close);
    }
}
