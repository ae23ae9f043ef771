package dev.openaigateway.explain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A gateway with the rules of {@code explain/cases.camel.yaml}: the header {@code x-case} selects the case. */
final class Cases implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path RULES = Path.of("src/test/resources/explain/cases.camel.yaml");

    /** A bean with a side effect. */
    public static final class Counter implements Processor {

        final AtomicInteger touched = new AtomicInteger();

        public void touch() {
            touched.incrementAndGet();
        }

        @Override
        public void process(Exchange exchange) {
            touch();
        }
    }

    final ScriptedUpstream east = ScriptedUpstream.start();
    final ScriptedUpstream west = ScriptedUpstream.start();
    final ScriptedUpstream quota = ScriptedUpstream.start();
    final Counter counter = new Counter();
    final TestGateway gateway;

    private final String before;

    Cases() {
        this("");
    }

    /** @param before entries of the file that stand before the routes */
    Cases(String before) {
        this.before = before;
        gateway = TestGateway.builder().bean("counter", counter).property("quota.address", quota.uri() + "/hooks/secret-path").folder(GatewayFolder.copy().rules(rules()).path()).settings("""
                instances:
                  - { name: east, provider_type: generic, api_key: key-of-east, api_base: "%s", priority: 1, supported_models: [gpt-4o] }
                  - { name: west, provider_type: generic, api_key: key-of-west, api_base: "%s", priority: 2,
                      supported_models: [gpt-4o, gpt-4o-mini] }
                """.formatted(east.uri(), west.uri())).start();
    }

    private String rules() {
        try {
            return before + Files.readString(RULES).replace("QUOTA", quota.uri().substring("http:".length()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The explanation of a request with a body. */
    JsonNode explain(String name) {
        return tree(gateway.post("/admin/route?header.x-case=" + name + "&header.x-instance=west",
                "{\"model\": \"gpt-4o\", \"max_tokens\": 9}", "x-old", "1").body());
    }

    /** The response to a chat request. */
    HttpResponse<String> chat(String name) {
        return gateway.chat("gpt-4o", "x-case", name, "x-instance", "west");
    }

    static JsonNode tree(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + text, e);
        }
    }

    /** The line of the rules that contains a text, as {@code routing.camel.yaml:LINE}. */
    String line(String text) {
        List<String> lines = rules().lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains(text)) {
                return "routing.camel.yaml:" + (i + 1);
            }
        }
        throw new AssertionError("no line with " + text);
    }

    static List<String> texts(JsonNode rows, String field) {
        List<String> texts = new ArrayList<>();
        rows.forEach(row -> texts.add(row.path(field).asText(null)));
        return texts;
    }

    /** Requests received by the instances and by the quota service, and runs of the bean. */
    int effects() {
        return east.requests().size() + west.requests().size() + quota.requests().size() + counter.touched.get();
    }

    @Override
    public void close() {
        gateway.close();
        east.close();
        west.close();
        quota.close();
    }
}
