package dev.openaigateway.routing;

import dev.openaigateway.call.Call;
import dev.openaigateway.call.DiscardingClientStream;
import dev.openaigateway.call.ModelRequest;
import dev.openaigateway.config.InstanceSelection;
import dev.openaigateway.explain.RuleNames;
import dev.openaigateway.fallback.ClientLimits;
import dev.openaigateway.fallback.FallbackTrigger;
import dev.openaigateway.health.Availability.State;
import dev.openaigateway.health.Breakers;
import dev.openaigateway.health.Health;
import dev.openaigateway.health.IfOpen;
import dev.openaigateway.openai.Operation;
import dev.openaigateway.openai.body.JsonBodyReader;
import dev.openaigateway.openai.body.JsonBody;
import dev.openaigateway.routing.outcome.Outcome;
import dev.openaigateway.support.PlainContext;
import dev.openaigateway.support.TestClock;
import dev.openaigateway.support.TestSettings;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** What the engine asks of each of many instances before it calls one. The policy keeps the order of the rule. */
class ManyInstancesTest {

    private static final int COUNT = 200;
    private static final String MODEL = "gpt-4o";
    private static final Duration OUTAGE = Duration.ofSeconds(10);

    private record AllInstances(InstanceSelection selection, OptionalInt priorityOverride, OptionalInt weightOverride,
                                Optional<String> modelOverride, Set<FallbackTrigger> when) implements InstanceReference {

        AllInstances() {
            this(InstanceSelection.of("*", "", ""), OptionalInt.empty(), OptionalInt.empty(), Optional.empty(), Set.of());
        }
    }

    /** Counts how often it is asked. An instance that was benched once asks it each time it is asked whether it is available. */
    private static final class CountingClock implements InstantSource {

        private final TestClock clock = new TestClock();
        private int asked;

        @Override
        public Instant instant() {
            asked++;
            return clock.instant();
        }
    }

    private static final class NoLimits implements ClientLimits {

        @Override
        public boolean begin(Call call, String model, boolean forBudget) {
            return true;
        }

        @Override
        public void end(Call call) {
        }
    }

    private final CountingClock clock = new CountingClock();
    private final Instances instances = new Instances(new Breakers(clock, (owner, model, configured, open) -> { }), clock);
    private final List<String> called = new ArrayList<>();
    private final Stages stages = Stages.of(instances, new AllInstances(), exchange -> {
        called.add(Attempt.of(exchange).instance().name());
        Attempt.of(exchange).end(new Outcome.Succeeded(200));
    });
    private final Engine engine = new Engine(TestSettings.live(""), new CallListener() { }, (call, model, tokenizer) -> 1,
            (instance, model) -> 0, new RuleNames(), new NoLimits());
    private static final CamelContext CONTEXT = PlainContext.create();

    @BeforeEach
    void benchEachInstanceOnce() throws Exception {
        String[] names = IntStream.range(0, COUNT).mapToObj(number -> "instance-" + number).toArray(String[]::new);
        instances.apply(TestSettings.of("breaker: { window: 2, minimum_calls: 2, open_for: 10 }\n" + TestSettings.instances("http://localhost", names)));
        instances.all().forEach(instance -> instance.health().bench(instance.health().of(MODEL), OUTAGE, State.RATE_LIMITED));
        clock.clock.advance(OUTAGE);
        serve();
    }

    @Test
    void shouldNotAskHealthyInstancesAgain() throws Exception {
        clock.asked = 0;

        serve();

        assertThat(clock.asked).isLessThan(COUNT / 10);
        assertThat(called).containsExactly("instance-0", "instance-0");
    }

    @Test
    void shouldAskOnlyTheInstanceThatIsNotAvailable() throws Exception {
        first().bench(null, OUTAGE, State.RATE_LIMITED);
        serve();
        clock.asked = 0;

        serve();

        assertThat(clock.asked).isLessThan(COUNT / 10);
        assertThat(called).containsExactly("instance-0", "instance-1", "instance-1");
    }

    @ParameterizedTest
    @MethodSource("outages")
    void shouldCallTheNextInstanceFromTheBeginningToTheEndOfAnOutage(Consumer<Health> begin, Consumer<Health> end) throws Exception {
        begin.accept(first());
        serve();
        serve();
        end.accept(first());
        clock.clock.advance(OUTAGE);
        serve();

        assertThat(called).containsExactly("instance-0", "instance-1", "instance-1", "instance-0");
    }

    /** Half of the calls of a breaker have failed after the first failure. */
    static Stream<Arguments> outages() {
        return Stream.of(
                outage("bench of a model", health -> health.bench(health.of(MODEL), OUTAGE, State.UNAVAILABLE), health -> { }),
                outage("bench of an instance", health -> health.bench(null, OUTAGE, State.NO_CREDIT), health -> { }),
                outage("breaker of a model", health -> health.tryAcquire(health.of(MODEL), IfOpen.REFUSE, false).deploymentFailed(1, true, null), health -> { }),
                outage("breaker of an instance", health -> health.tryAcquire(null, IfOpen.REFUSE, false).instanceFailed(1), health -> { }),
                outage("failed check", health -> health.checked(false), health -> health.checked(true)),
                outage("no token", health -> health.tokenMissing(true), health -> health.tokenMissing(false)));
    }

    private static Arguments outage(String name, Consumer<Health> begin, Consumer<Health> end) {
        return Arguments.of(Named.of(name, begin), Named.of("its end", end));
    }

    private Health first() {
        return instances.named("instance-0").orElseThrow().health();
    }

    private void serve() throws Exception {
        Exchange exchange = new DefaultExchange(CONTEXT);
        JsonBody body = JsonBodyReader.read("{\"model\": \"gpt-4o\", \"messages\": []}".getBytes(StandardCharsets.UTF_8));
        Call call = new Call(exchange, "request", Instant.EPOCH, 0, new DiscardingClientStream()).attach();
        call.read(new ModelRequest(Operation.CHAT_COMPLETIONS, body, MODEL, null, null, "", null));
        exchange.getMessage().setBody(body.bytes());
        engine.serve(exchange, (candidates, model) -> candidates, stages.stages());
    }
}
