package dev.openaigateway.reload;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.Gate;
import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.support.LifecycleStrategySupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** A version of the rules that is only read leaves no trace: not in requests, and not in a validation beside it. */
@GatewayTest
class HiddenVersionTest {

    private static Gate gate = new Gate();
    private static CompletableFuture<Void> held = new CompletableFuture<>();

    private static final String RULES = """
            - beans:
                - { name: guard, type: GUARD, properties: { answer: ANSWER } }
                - { name: asking, type: ASKING }
            - routeConfiguration:
                id: mine
                onException: [ { onException: { exception: [ java.lang.IllegalStateException ], handled: { constant: "true" }, steps: [ { to: "reject:503" } ] } } ]
            - route:
                id: routing
                routeConfigurationId: mine
                from:
                  uri: direct:routing
                  steps:
                    - process: { ref: asking }
                    - choice:
                        when:
                          - { simple: "${exchangeProperty.guarded} == 'deny'", steps: [ { to: "reject:403" } ] }
                    - to: { uri: "instance:east" }
            """.replace("GUARD", Guard.class.getName()).replace("ASKING", Asking.class.getName());
    private static final String DENYING = RULES.replace("ANSWER", "deny");
    private static final String ALLOWING = RULES.replace("ANSWER", "allow");

    /** Public, so that Camel can make it. */
    public static final class Guard implements Processor {

        private String answer;

        public void setAnswer(String answer) {
            this.answer = answer;
        }

        @Override
        public void process(Exchange exchange) {
            exchange.setProperty("guarded", answer);
        }
    }

    /** Looks a bean up for each request, as scripts do. */
    public static final class Asking implements Processor {

        @Override
        public void process(Exchange exchange) throws Exception {
            exchange.getContext().getRegistry().findByTypeWithName(Guard.class).get("guard").process(exchange);
            exchange.getContext().getRegistry().lookupByNameAndType("guard", Processor.class).process(exchange);
        }
    }

    /** Takes long to be made. */
    public static final class Slow {

        public void setThen(String then) throws InterruptedException {
            held.complete(null);
            gate.pass();
            if (then.equals("fail")) {
                throw new IllegalStateException("no bean");
            }
        }
    }

    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private final GatewayFolder folder = GatewayFolder.copy().rules(DENYING);
    private TestGateway gateway;

    @BeforeEach
    void startGateway() {
        gate = new Gate();
        held = new CompletableFuture<>();
        gateway = TestGateway.builder().folder(folder.path()).settings(settings("east")).start();
    }

    @AfterEach
    void stopGateway() {
        gate.open();
        gateway.close();
        upstream.close();
    }

    private String settings(String... instances) {
        return "admin: { watch_files: false }\ninstances:\n" + String.join("", Stream.of(instances)
                .map(name -> "  - { name: %s, provider_type: generic, api_base: \"%s\" }\n".formatted(name, upstream.uri())).toList());
    }

    private static String slow(String rules, String then) {
        return "- beans: [ { name: slow, type: \"" + Slow.class.getName() + "\", properties: { then: " + then + " } } ]\n" + rules;
    }

    private static String slowAtTheEnd(String rules, String then) {
        return rules + slow("", then);
    }

    private int chat() {
        return gateway.post("/v1/chat/completions", "{\"model\": \"m\", \"messages\": []}").statusCode();
    }

    private static <T> CompletableFuture<T> inBackground(Supplier<T> action) {
        return CompletableFuture.supplyAsync(action, task -> new Thread(task).start());
    }

    @Test
    void shouldHideTheBeansOfAValidation() {
        CompletableFuture<HttpResponse<String>> validation = inBackground(() -> gateway.post("/config/validate", slowAtTheEnd(ALLOWING, "succeed")));
        held.join();

        assertThat(chat()).isEqualTo(403);
        gate.open();
        assertThat(validation.join().statusCode()).as(validation.join().body()).isEqualTo(200);
        assertThat(chat()).isEqualTo(403);
    }

    @Test
    void shouldHideTheBeansOfARefusedReload() {
        folder.rules(slowAtTheEnd(ALLOWING, "fail"));
        CompletableFuture<HttpResponse<String>> reload = inBackground(() -> gateway.post("/config/reload", ""));
        held.join();

        assertThat(chat()).isEqualTo(403);
        gate.open();
        assertThat(reload.join().body()).contains("no bean");
        assertThat(chat()).isEqualTo(403);

        folder.rules(ALLOWING);
        assertThat(gateway.post("/config/reload", "").statusCode()).isEqualTo(200);
        assertThat(chat()).isEqualTo(200);
        folder.rules(DENYING);
        assertThat(gateway.post("/config/reload", "").statusCode()).isEqualTo(200);
        assertThat(chat()).isEqualTo(403);
    }

    /** The reload has read its rules and adds an instance at this moment. */
    @Test
    void shouldValidateAfterAReloadThatIsUnderWay() throws Exception {
        folder.rules(ALLOWING.replace("name: guard", "name: other").replace("name: asking", "name: guard").replace("ref: asking", "ref: other"));
        Files.writeString(gateway.settingsFile(), settings("east", "north"));
        gateway.main().getCamelContext().addLifecycleStrategy(new LifecycleStrategySupport() {
            @Override
            public void onRoutesAdd(Collection<Route> routes) {
                if (held.complete(null)) {
                    pass();
                }
            }
        });
        CompletableFuture<HttpResponse<String>> reload = inBackground(() -> gateway.post("/config/reload", ""));
        held.join();

        CompletableFuture<HttpResponse<String>> validation = inBackground(() -> gateway.post("/config/validate", DENYING));
        Eventually.holds("the validation waits", () -> validation.isDone() || waits());
        gate.open();

        assertThat(reload.join().statusCode()).as(reload.join().body()).isEqualTo(200);
        assertThat(problems(validation.join())).isEmpty();
    }

    private static void pass() {
        try {
            gate.pass();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Requests run on virtual threads from Java 21 on, whose state cannot be seen; there the validation may come after the reload. */
    private static boolean waits() {
        return Runtime.version().feature() >= 21 || Thread.getAllStackTraces().entrySet().stream().anyMatch(thread -> thread.getKey().getState() == Thread.State.BLOCKED
                && List.of(thread.getValue()).stream().anyMatch(frame -> frame.getMethodName().equals("validate")));
    }

    private static String problems(HttpResponse<String> response) throws IOException {
        return new ObjectMapper().readTree(response.body()).at("/error/message").asText();
    }
}
