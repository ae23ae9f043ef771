package dev.openaigateway.reload.live;

import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.RecordedRequest;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;

/** Ten changes of the rules, three of them faulty, under 50 requests a second, among them streams. */
@GatewayTest
class RulesUnderLoadTest {

    private static final String STREAM = "{\"model\":\"gpt-4o\",\"stream\":true,\"messages\":[]}";

    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger served = new AtomicInteger();

    private static String rules(int change) {
        String name = "helper" + change % 4;
        return """
                - route:
                    id: routing
                    from:
                      uri: direct:routing
                      steps:
                        - to: { uri: "direct:%s" }
                - route:
                    id: %s
                    from:
                      uri: direct:%s
                      steps:
                        - setProperty: { name: change, expression: { constant: { expression: "%d" } } }
                        - to: { uri: "instance:%s" }
                """.formatted(name, name, name, change, change % 3 == 0 && change > 0 ? "wets" : change % 2 == 0 ? "east" : "west");
    }

    @Test
    void shouldFailNoRequestAndCutNoStream() {
        GatewayFolder folder = GatewayFolder.copy().rules(rules(0));
        ScheduledExecutorService clients = Executors.newScheduledThreadPool(8);
        List<Integer> statuses = new ArrayList<>();
        try (ScriptedUpstream upstream = ScriptedUpstream.start().respond(RulesUnderLoadTest::reply);
             TestGateway gateway = TestGateway.builder().folder(folder.path()).settings("""
                     admin: { watch_files: false }
                     instances:
                       - { name: east, provider_type: generic, api_key: k, api_base: "%s" }
                       - { name: west, provider_type: generic, api_key: k, api_base: "%s" }
                     """.formatted(upstream.uri(), upstream.uri())).start()) {
            clients.scheduleAtFixedRate(() -> request(gateway), 0, 25, TimeUnit.MILLISECONDS);
            clients.scheduleAtFixedRate(() -> stream(gateway), 0, 100, TimeUnit.MILLISECONDS);
            for (int change = 1; change <= 10; change++) {
                folder.rules(rules(change));
                statuses.add(gateway.post("/config/reload", "").statusCode());
                int next = served.get() + 10;
                Eventually.holds("more requests", () -> served.get() > next);
            }
            clients.shutdown();
            Eventually.holds("the clients end", clients::isTerminated);
        }
        assertThat(statuses).containsExactly(200, 200, 400, 200, 200, 400, 200, 200, 400, 200);
        assertThat(failures).isEmpty();
    }

    private static Reply reply(RecordedRequest request) {
        return request.text().contains("\"stream\":true") ? Reply.chatStream("one", "two", "three") : Reply.chat("ok");
    }

    private void request(TestGateway gateway) {
        int status = gateway.chat("gpt-4o").statusCode();
        served.incrementAndGet();
        if (status != 200) {
            failures.add("status " + status);
        }
    }

    private void stream(TestGateway gateway) {
        try (RawClient client = RawClient.connect(gateway.port())) {
            client.post("/v1/chat/completions", STREAM);
            String text = client.response().text();
            if (!text.endsWith("data: [DONE]\n\n")) {
                failures.add(text);
            }
        }
    }
}
