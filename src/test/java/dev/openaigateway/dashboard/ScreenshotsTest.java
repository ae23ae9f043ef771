package dev.openaigateway.dashboard;

import dev.openaigateway.support.Gate;
import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.ProcessTest;
import dev.openaigateway.support.RecordedRequest;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;

/** Makes the pictures of the README, from two minutes of traffic. Runs only if the system property {@code screenshots} names their folder. */
@GatewayTest
@ProcessTest
@EnabledIfSystemProperty(named = "screenshots", matches = ".+")
class ScreenshotsTest {

    private static final int REQUESTS = 480;
    /** So that requests are in flight in the pictures. */
    private static final int MORE = 60;
    private static final int PAUSE_MILLIS = 240;
    private static final String RULES = """
            - route:
                id: routing
                from:
                  uri: direct:routing
                  steps:
                    - choice:
                        id: team
                        when:
                          - expression: { simple: { expression: "${header.x-team} == 'research'" } }
                            steps: [ { to: { id: research, uri: "instance:canary?model=gpt-5" } } ]
                          - expression: { simple: { expression: "${header.x-team} == 'blocked'" } }
                            steps: [ { to: { id: blocked, uri: "reject:403" } } ]
                        otherwise:
                          steps:
                            - loadBalance:
                                id: common
                                customLoadBalancer: { ref: priority }
                                steps: [ { to: { id: all, uri: "instance:*?exclude=canary" } } ]
            """;

    private final AtomicInteger sent = new AtomicInteger();
    private final CountDownLatch enough = new CountDownLatch(REQUESTS);
    private final Random random = new Random(7);
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(16);
    private final ScheduledExecutorService delays = Executors.newSingleThreadScheduledExecutor();
    private final Path folder = Path.of(System.getProperty("screenshots", "target/screenshots"));

    @Test
    void shouldShowThePageUnderTraffic() throws Exception {
        Files.createDirectories(folder);
        try (ScriptedUpstream upstream = ScriptedUpstream.start(); TestGateway gateway = gateway(upstream); Browser browser = Browser.start()) {
            upstream.respond(request -> late(reply(request)));
            for (int i = 0; i < REQUESTS + MORE; i++) {
                timer.schedule(() -> chat(gateway), (long) i * PAUSE_MILLIS, TimeUnit.MILLISECONDS);
            }
            assertThat(enough.await(5, TimeUnit.MINUTES)).isTrue();

            browser.forget(gateway.url("/"));
            browser.awaitText("#state", "healthy");
            browser.awaitText("[data-instance=east]", "tokens per minute");
            save(browser, 1280, 860, "light", "page-wide");
            save(browser, 1280, 860, "dark", "page-wide-dark");
            browser.evaluate("location.hash = 'rules'");
            browser.awaitText("#rules-picture", "canary");
            save(browser, 1280, 420, "light", "page-rules");
            browser.resize(390, 844);
            browser.evaluate("location.hash = 'traffic'");
            browser.awaitText("[data-instance=east]", "tokens per minute");
            browser.evaluate("document.getElementById('instances-title').scrollIntoView()");
            save(browser, 390, 844, "dark", "page-phone");
            assertThat(browser.complaints()).isEmpty();
        } finally {
            timer.shutdownNow();
            delays.shutdownNow();
        }
    }

    private static TestGateway gateway(ScriptedUpstream upstream) {
        return TestGateway.builder().folder(GatewayFolder.copy().rules(RULES).path()).settings("""
                instances:
                  - { name: east, provider_type: generic, api_base: "%1$s/v1", max_tpm: 24000, priority: 1, supported_models: [gpt-4o] }
                  - { name: west, provider_type: generic, api_base: "%1$s/v1", max_tpm: 20000, max_rpm: 60, priority: 2, supported_models: [gpt-4o] }
                  - { name: canary, provider_type: generic, api_base: "%1$s/v1", tags: [canary], supported_models: [gpt-5] }
                  - { name: broken, provider_type: generic, api_base: "%1$s/broken", priority: 3, supported_models: [gpt-4o] }
                """.formatted(upstream.uri())).start();
    }

    private Reply reply(RecordedRequest request) {
        if (request.path().startsWith("/broken") || random.nextInt(25) == 0) {
            return Reply.error(500, "server_error", "The server had an error");
        }
        return request.text().contains("\"stream\":true") ? Reply.chatStream("Hi", "there") : Reply.chat("Hi", 40 + random.nextInt(80), 20 + random.nextInt(60));
    }

    /** As long as a model takes. */
    private Reply late(Reply reply) {
        Gate gate = new Gate();
        delays.schedule(gate::open, 180 + random.nextInt(300), TimeUnit.MILLISECONDS);
        return gate.holding(reply);
    }

    private void chat(TestGateway gateway) {
        int number = sent.incrementAndGet();
        gateway.post("/v1/chat/completions", "{\"model\":\"gpt-4o\",\"stream\":" + (number % 2 == 0) + ",\"messages\":[{\"role\":\"user\",\"content\":\"Hello!\"}]}",
                "x-team", number % 11 == 0 ? "research" : number % 29 == 0 ? "blocked" : "search");
        enough.countDown();
    }

    private void save(Browser browser, int width, int height, String scheme, String name) throws IOException {
        browser.prefer(scheme);
        browser.resize(width, height);
        browser.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
        SmallPicture.write(browser.screenshot(), folder.resolve(name + ".png"));
    }
}
