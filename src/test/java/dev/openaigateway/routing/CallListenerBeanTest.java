package dev.openaigateway.routing;

import dev.openaigateway.call.Call;
import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import static org.assertj.core.api.Assertions.assertThat;

/** Listeners that an integrator adds as beans. */
@GatewayTest
class CallListenerBeanTest {

    /** Writes down what it is notified of. */
    private static final class Recorder implements CallListener {

        private final List<String> events = new CopyOnWriteArrayList<>();

        @Override
        public void accepted(Call call) {
            events.add("accepted");
        }

        @Override
        public void attemptStarted(Attempt attempt) {
            events.add("started " + attempt.instance().name());
        }

        @Override
        public void attemptEnded(Attempt attempt) {
            events.add("ended " + attempt.instance().name() + " " + attempt.outcome().getClass().getSimpleName());
        }

        @Override
        public void completed(Call call) {
            events.add("completed " + call.result().status());
        }
    }

    /** Fails at each event. */
    private static final class Broken implements CallListener {

        @Override
        public void accepted(Call call) {
            throw new IllegalStateException("accepted");
        }

        @Override
        public void attemptStarted(Attempt attempt) {
            throw new IllegalStateException("started");
        }

        @Override
        public void attemptEnded(Attempt attempt) {
            throw new IllegalStateException("ended");
        }

        @Override
        public void completed(Call call) {
            throw new IllegalStateException("completed");
        }
    }

    private final ScriptedUpstream east = ScriptedUpstream.start();
    private final ScriptedUpstream west = ScriptedUpstream.start();
    private final Recorder recorder = new Recorder();
    private TestGateway gateway;

    @BeforeEach
    void start() {
        gateway = TestGateway.builder().bean("audit", new Broken()).bean("record", recorder).settings("""
                instances:
                  - { name: east, priority: 1, provider_type: generic, api_key: k, api_base: "%s" }
                  - { name: west, priority: 2, provider_type: generic, api_key: k, api_base: "%s" }
                """.formatted(east.uri(), west.uri())).start();
    }

    @AfterEach
    void stop() {
        gateway.close();
        east.close();
        west.close();
    }

    @Test
    void shouldSeeBothAttemptsOfAFailover() {
        east.respond(Reply.error(500, "boom", "boom"));
        west.respond(Reply.chat("Hi", 1, 1));

        assertThat(gateway.chat("gpt-4o").statusCode()).isEqualTo(200);

        Eventually.holds("the call is complete", () -> recorder.events.contains("completed 200"));
        assertThat(recorder.events).containsExactly(
                "accepted", "started east", "ended east Failed", "started west", "ended west Succeeded", "completed 200");
    }

    @Test
    void shouldSeeTheAttemptThatAnUpstreamRefused() {
        east.respond(Reply.error(400, "invalid_value", "no"));

        assertThat(gateway.chat("gpt-4o").statusCode()).isEqualTo(400);

        Eventually.holds("the call is complete", () -> recorder.events.contains("completed 400"));
        assertThat(recorder.events).containsExactly("accepted", "started east", "ended east Rejected", "completed 400");
    }

    @Test
    void shouldSeeNoAttemptWhereTheGatewayRefuses() {
        assertThat(gateway.post("/v1/chat/completions", "{").statusCode()).isEqualTo(400);

        Eventually.holds("the call is complete", () -> recorder.events.contains("completed 400"));
        assertThat(recorder.events).containsExactly("accepted", "completed 400");
    }
}
