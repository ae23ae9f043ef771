package dev.openaigateway.throttle;

import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.RulesByHeader;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestClock;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

import static dev.openaigateway.throttle.PricedRequest.instance;
import static dev.openaigateway.throttle.PricedRequest.reserving;

/**
 * Rules, each chosen by the header {@code x-rule}, for a client with 100 tokens a minute. Without one the instance {@code main} is asked. Each test
 * begins with an empty window.
 */
@GatewayTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RulesOfALimitedClient {

    static final int LIMIT = 100;
    static final String MAIN = "{ to: \"instance:main\" }";
    static final String CAP = "{ to: \"request:cap?max_tokens=50\" }";

    final ScriptedUpstream main = ScriptedUpstream.start();
    final ScriptedUpstream other = ScriptedUpstream.start();
    TestGateway gateway;
    int askedMain;
    int askedOther;

    private final TestClock clock = new TestClock();
    private final String rules;
    private final String settings;

    /**
     * @param cases    each a {@link #rule}
     * @param routes   further routes
     * @param settings further settings, then the list of instances without {@code main}
     */
    RulesOfALimitedClient(String cases, String routes, String settings) {
        this.rules = RulesByHeader.file(cases, "- " + MAIN) + routes;
        this.settings = settings;
    }

    @BeforeAll
    void start() {
        gateway = TestGateway.builder().clock(clock).folder(GatewayFolder.copy().rules(rules).path()).settings("""
                clients: { keys: [ { name: alice, key: alice-key, tpm: 100 } ] }
                routing: { retries: 0 }
                admin: { watch_files: false }
                """ + settings + "instances:\n" + instance("main", main, 1, "") + instance("other", other, 1, "")).start();
    }

    @AfterAll
    void stop() {
        gateway.close();
        main.close();
        other.close();
    }

    @BeforeEach
    void begin() {
        clock.advance(Duration.ofMinutes(30));
        main.respond(Reply.chat("Hi", 9, 1));
        other.respond(Reply.chat("Hi", 9, 1));
        askedMain = main.requests().size();
        askedOther = other.requests().size();
    }

    /** Sends a request, and does something while the other instance has it and has not responded. Returns the status of the response. */
    int whileTheOtherIsAsked(int tokens, String rule, Runnable meanwhile) {
        CountDownLatch answered = new CountDownLatch(1);
        other.enqueue((line, request) -> {
            answered.await();
            Reply.chat("Hi", 9, 1).writeTo(line, request);
        });
        try (RawClient first = RawClient.connect(gateway.port())) {
            first.post("/v1/chat/completions", PricedRequest.body(tokens), "api-key: alice-key", "x-rule: " + rule);
            other.awaitRequests(askedOther + 1);
            meanwhile.run();
            answered.countDown();
            return first.response().status();
        } finally {
            answered.countDown();
        }
    }

    HttpResponse<String> send(int tokens, String rule) {
        return reserving(gateway, tokens, "api-key", "alice-key", "x-rule", rule);
    }

    /** @param steps in YAML, with commas */
    static String rule(String name, String steps) {
        return RulesByHeader.rule(name, "[ " + steps + " ]");
    }
}
