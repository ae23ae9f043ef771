package dev.openaigateway.request;

import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.RecordedRequest;
import dev.openaigateway.support.RulesByHeader;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A gateway for all tests of a class, with one rule for each value of the header {@code x-rule}. The instance {@code east} is
 * generic, {@code west} is Azure.
 */
@GatewayTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RuledGateway {

    private static final String TO_EAST = "- to: { uri: \"instance:east\" }\n";

    final ScriptedUpstream east = ScriptedUpstream.start();
    final ScriptedUpstream west = ScriptedUpstream.start();
    TestGateway gateway;
    private final StringBuilder rules = new StringBuilder();

    /** Adds the rules by {@link #rule}. */
    abstract void rules();

    /** Further settings. */
    String settings() {
        return "";
    }

    /** Changes other files. */
    void prepare(GatewayFolder folder) {
    }

    @BeforeAll
    void start() {
        rules();
        GatewayFolder folder = GatewayFolder.copy().rules(RulesByHeader.file(rules.toString(), TO_EAST));
        prepare(folder);
        gateway = TestGateway.builder().folder(folder.path()).settings(settings() + """
                admin: { watch_files: false }
                routing: { retries: 1 }
                instances:
                  - { name: east, provider_type: generic, api_key: k, api_base: "%s" }
                  - { name: west, provider_type: azure, api_key: k, api_base: "%s", api_version: "2024-10-21" }
                """.formatted(east.uri(), west.uri())).start();
    }

    @AfterAll
    void stop() {
        if (gateway != null) {
            gateway.close();
        }
        east.close();
        west.close();
    }

    /** Puts steps into a file before others. */
    static void insert(GatewayFolder folder, String file, String before, String steps) {
        try {
            String text = Files.readString(folder.path().resolve(file));
            assertThat(text).contains(before);
            folder.write(file, text.replace(before, steps + before));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A rule that sends to the instance east after its own steps, given as YAML. */
    final void rule(String name, String steps) {
        answer(name, steps.stripTrailing() + "\n- to: { id: " + name + "-send, uri: \"instance:east\" }\n");
    }

    /** A rule that has no other steps than the given ones. */
    final void answer(String name, String steps) {
        rules.append(RulesByHeader.rule(name, steps));
    }

    final HttpResponse<String> send(String rule, String path, String body, String... headers) {
        String[] all = Stream.concat(Stream.of("x-rule", rule), Stream.of(headers))
                .toArray(String[]::new);
        return gateway.post(path, body, all);
    }

    final HttpResponse<String> chat(String rule, String body) {
        return send(rule, "/v1/chat/completions", body);
    }

    /** Sends a chat request by the rule and returns the body that reached the instance east. */
    final String sent(String rule, String body) {
        return sent(rule, "/v1/chat/completions", body).text();
    }

    final RecordedRequest sent(String rule, String path, String body) {
        int before = east.requests().size();
        HttpResponse<String> response = send(rule, path, body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        List<RecordedRequest> requests = east.awaitRequests(before + 1);
        assertThat(requests).hasSize(before + 1);
        return requests.get(before);
    }
}
