package dev.openaigateway.affinity;

import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.RawResponse;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** One gateway for all tests of a class, with the keys of two clients, in front of an instance to which requests are passed through. */
@GatewayTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PassedRequests {

    static final AtomicInteger IDS = new AtomicInteger();

    final ScriptedUpstream upstream = ScriptedUpstream.start();
    TestGateway gateway;

    /** The settings of the instance that say what is passed to it. */
    abstract String passed();

    @BeforeAll
    void start() {
        gateway = TestGateway.start("""
                clients: { keys: [{ name: alice, key: key-a }, { name: bob, key: key-b }] }
                instances:
                  - { name: only, provider_type: generic, api_key: k, api_base: "%s", %s }
                """.formatted(upstream.uri(), passed()));
    }

    @AfterAll
    void stop() {
        gateway.close();
        upstream.close();
    }

    /** The body of a POST is an empty object. */
    RawResponse request(String method, String path, String key, String... headers) {
        String[] all = Stream.concat(Stream.of("api-key: " + key), Stream.of(headers)).toArray(String[]::new);
        byte[] body = method.equals("POST") ? "{}".getBytes(StandardCharsets.UTF_8) : new byte[0];
        try (RawClient client = RawClient.connect(gateway.port())) {
            return client.request(method, path, body, all).response();
        }
    }

    RawResponse post(String path, String type, String body, String key) {
        return post(gateway, path, type, body, key);
    }

    RawResponse sendFile(String content, String key) {
        return post("/v1/files", "multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\nuser_data\r\n"
                + "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\n" + content + "\r\n--b--\r\n", key);
    }

    /** @param type the media type of the body */
    static RawResponse post(TestGateway gateway, String path, String type, String body, String key) {
        try (RawClient client = RawClient.connect(gateway.port())) {
            return client.request("POST", path, body.getBytes(StandardCharsets.UTF_8), "api-key: " + key, "Content-Type: " + type).response();
        }
    }
}
