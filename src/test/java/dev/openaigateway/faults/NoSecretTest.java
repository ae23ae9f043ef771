package dev.openaigateway.faults;

import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.RawResponse;
import dev.openaigateway.support.RecordedRequest;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TemporaryFolder;
import dev.openaigateway.support.TestClock;
import dev.openaigateway.support.TestGateway;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.apache.logging.log4j.core.config.Configurator;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import static dev.openaigateway.faults.SecretRequest.ADMIN;
import static dev.openaigateway.faults.SecretRequest.CLIENT;
import static dev.openaigateway.faults.SecretRequest.HOOK;
import static dev.openaigateway.faults.SecretRequest.REDIS;
import static dev.openaigateway.faults.SecretRequest.SECRETS;
import static dev.openaigateway.faults.SecretRequest.UPSTREAM;
import static org.assertj.core.api.Assertions.assertThat;

/** A gateway that logs at DEBUG, keeps its limits in an unavailable Redis, and sends events to a webhook. */
@GatewayTest
class NoSecretTest {

    private enum Shape { OPENAI, TEXT, HEADERS, EARLY_IN_STREAM, LATE_IN_STREAM, RESPONSE, RESET }

    private static ScriptedUpstream east;
    private static ScriptedUpstream west;
    private static ScriptedUpstream sink;
    private static TestClock clock;
    private static TestGateway gateway;
    private static Path log;
    private static long logRead;
    private static int eventsRead;

    @BeforeContainer
    static void start() throws IOException {
        east = ScriptedUpstream.start();
        west = ScriptedUpstream.start();
        sink = ScriptedUpstream.start();
        clock = new TestClock();
        log = TemporaryFolder.make("no-secret").resolve("gateway.log");
        gateway = TestGateway.builder().clock(clock).property("events.webhook.enabled", "true")
                .property("events.webhook.url", sink.uri() + "/events").settings("""
                admin: { token: %s, watch_files: false }
                clients: { max_bad_keys: 0, keys: [ { name: alice, key: %s, tpm: 1000000 } ] }
                rate_limit: { tpm: 10000000, redis_url: "redis://:%s@127.0.0.1:%d" }
                breaker: { minimum_calls: 10000, window: 10000 }
                logging: { level: DEBUG, format: json, file: "%s", max_size: 1000000000, feishu_webhook: "%s/%s" }
                instances:
                  - { name: east, provider_type: generic, api_key: %s-1, api_base: "%s", max_tpm: 1000000 }
                  - { name: west, provider_type: azure, api_key: %s-2, api_base: "%s", api_version: v1, max_tpm: 1000000 }
                """.formatted(ADMIN, CLIENT, REDIS, ScriptedUpstream.refusedPort(), log, sink.uri(), HOOK,
                UPSTREAM, east.uri(), UPSTREAM, west.uri())).start();
    }

    @AfterContainer
    static void stop() throws IOException {
        gateway.close();
        east.close();
        west.close();
        sink.close();
        Configurator.reconfigure();
        assertThat(newlyLogged()).doesNotContain(SECRETS);
        assertThat(newEvents()).doesNotContain(SECRETS);
        assertThat(Files.readString(log)).as("all kinds of lines").contains("\"access\"", "\"alert\"", "Redis is unavailable", "DEBUG");
        assertThat(eventsRead).as("usage records and alerts").isGreaterThan(100);
        assertThat(east.requests().size() + west.requests().size()).as("upstream requests that could reveal a secret").isGreaterThan(100);
    }

    @Property(tries = 600, shrinking = ShrinkingMode.OFF)
    void shouldShowNoSecretAnywhere(@ForAll("requests") SecretRequest request, @ForAll("statuses") int status, @ForAll Shape shape)
            throws IOException {
        clock.advance(Duration.ofHours(1));
        east.respond(received -> reply(received, east, status, shape));
        west.respond(received -> reply(received, west, status, shape));

        try (RawClient client = request.on(RawClient.connect(gateway.port()))) {
            RawResponse response = client.response();

            String shown = response.headers() + response.text();
            assertThat(shown).doesNotContain(request.unshown());
            if (!request.ofOperator()) {
                assertThat(shown).doesNotContain(authority(east), authority(west));
            }
        }
        assertThat(newlyLogged()).doesNotContain(SECRETS);
        assertThat(newEvents()).doesNotContain(SECRETS);
    }

    @Provide
    Arbitrary<SecretRequest> requests() {
        Arbitrary<SecretRequest> any = Combinators.combine(Arbitraries.of(SecretRequest.TARGETS), Arbitraries.of(SecretRequest.KEYS),
                Arbitraries.of(SecretRequest.TYPES), Arbitraries.of(SecretRequest.BODIES)).as(SecretRequest::new);
        return Arbitraries.oneOf(any, Arbitraries.of(SecretRequest.SOUND));
    }

    @Provide
    Arbitrary<Integer> statuses() {
        return Arbitraries.of(302, 400, 401, 403, 404, 413, 422, 429, 500, 503);
    }

    /** A response in which an upstream repeats the key it was sent, and its own address. */
    private static Reply reply(RecordedRequest received, ScriptedUpstream self, int status, Shape shape) {
        String sent = received.header("authorization") + " " + received.header("api-key");
        String message = "The key in " + sent + " is not one of " + authority(self) + ".";
        String error = "data: {\"error\":{\"message\":\"" + message + "\"}}\n\n";
        return switch (shape) {
            case OPENAI -> Reply.error(status, "invalid_api_key", message);
            case TEXT -> Reply.body(status, "text/plain", message.getBytes(StandardCharsets.UTF_8));
            case HEADERS -> Reply.chat("fine").header("Set-Cookie", sent).header("WWW-Authenticate", sent).header("Location", sent)
                    .header("x-api-key", sent);
            case EARLY_IN_STREAM -> Reply.stream(error);
            case LATE_IN_STREAM -> Reply.stream(TwoInstances.event("half"), error);
            case RESPONSE -> Reply.chat("fine");
            case RESET -> Reply.reset();
        };
    }

    private static String authority(ScriptedUpstream upstream) {
        return "127.0.0.1:" + upstream.port();
    }

    private static String newlyLogged() throws IOException {
        byte[] all = Files.readAllBytes(log);
        String news = new String(all, (int) logRead, all.length - (int) logRead, StandardCharsets.UTF_8);
        logRead = all.length;
        return news;
    }

    private static String newEvents() {
        List<RecordedRequest> all = sink.requests();
        StringBuilder news = new StringBuilder();
        all.subList(eventsRead, all.size()).forEach(event -> news.append(event.text()));
        eventsRead = all.size();
        return news.toString();
    }
}
