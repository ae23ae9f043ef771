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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.concurrent.CopyOnWriteArrayList;

import static org.assertj.core.api.Assertions.assertThat;

/** Listeners that an integrator adds as beans. */
@GatewayTest
class CallListenerBeanTest {

    /** Records its events. */
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

    /** Fails on every event. */
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

    /** Fails on every event with an error of its own kind, as a listener of another version may. */
    private static final class Outdated implements CallListener {

        @Override
        public void accepted(Call call) {
            throw new NoSuchMethodError("accepted");
        }

        @Override
        public void attemptStarted(Attempt attempt) {
            throw new ServiceConfigurationError("started");
        }

        @Override
        public void attemptEnded(Attempt attempt) {
            throw new Error("ended");
        }

        @Override
        public void completed(Call call) {
            throw new ServiceConfigurationError("completed");
        }
    }

    private final ScriptedUpstream east = ScriptedUpstream.start();
    private final ScriptedUpstream west = ScriptedUpstream.start();
    private final Recorder recorder = new Recorder();
    private TestGateway gateway;

    @BeforeEach
    void start() {
        gateway = TestGateway.builder().bean("audit", new Broken()).bean("old", new Outdated()).bean("record", recorder).settings("""
                instances:
                  - { name: east, priority: 1, max_tpm: 100000, provider_type: generic, api_key: k, api_base: "%s" }
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

    @ParameterizedTest
    @ValueSource(strings = {"gateway_requests_in_flight", "gateway_memory_held_bytes", "gateway_reservations_open"})
    void shouldGiveBackWhatTheCallHeld(String held) {
        east.respond(Reply.chat("Hi", 1, 1));

        assertThat(gateway.chat("gpt-4o").statusCode()).isEqualTo(200);

        Eventually.holds(held + " is 0", () -> gateway.metric(held) == 0);
    }

    @Test
    void shouldSeeTheAttemptThatAnUpstreamRefused() {
        east.respond(Reply.error(400, "invalid_value", "no"));

        assertThat(gateway.chat("gpt-4o").statusCode()).isEqualTo(400);

        Eventually.holds("the call is complete", () -> recorder.events.contains("completed 400"));
        assertThat(recorder.events).containsExactly("accepted", "started east", "ended east Rejected", "completed 400");
    }

    @Test
    void shouldSeeNoAttemptWhenTheGatewayRefuses() {
        assertThat(gateway.post("/v1/chat/completions", "{").statusCode()).isEqualTo(400);

        Eventually.holds("the call is complete", () -> recorder.events.contains("completed 400"));
        assertThat(recorder.events).containsExactly("accepted", "completed 400");
    }
}
