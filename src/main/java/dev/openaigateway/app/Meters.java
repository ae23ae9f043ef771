package dev.openaigateway.app;

import dev.openaigateway.admin.MetricsPage;
import dev.openaigateway.call.InFlight;
import dev.openaigateway.call.memory.MemoryBudget;
import dev.openaigateway.events.EventQueues;
import dev.openaigateway.events.SinkFailureCounter;
import dev.openaigateway.throttle.ActiveLimiter;
import dev.openaigateway.tokenizer.KnownCounts;
import dev.openaigateway.warmup.WarmUp;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.apache.camel.CamelContext;
import org.apache.camel.support.LifecycleStrategySupport;

import java.util.function.LongSupplier;

/** The meters of the gateway that are sampled rather than counted, among them the breakers and the requests in flight. */
final class Meters extends LifecycleStrategySupport {

    private final MeterRegistry registry;
    private final InFlight inFlight;
    private final CircuitBreakerRegistry breakers;

    private Meters(MeterRegistry registry, InFlight inFlight, CircuitBreakerRegistry breakers) {
        this.registry = registry;
        this.inFlight = inFlight;
        this.breakers = breakers;
    }

    /** Returns the meters, which are bound once the context has started, and binds the page that shows all of the registry. */
    static Meters install(CamelContext context, PrometheusMeterRegistry registry, InFlight inFlight, CircuitBreakerRegistry breakers) {
        Meters meters = new Meters(registry, inFlight, breakers);
        context.addLifecycleStrategy(meters);
        JvmMeters jvm = new JvmMeters(registry);
        context.addLifecycleStrategy(jvm);
        context.getRegistry().bind("prometheus", new MetricsPage(registry, jvm::bind));
        return meters;
    }

    /** After the listener has opened, because the classes of the meters take time (benchmark row "start to first response"). */
    @Override
    public void onContextStarted(CamelContext context) {
        if (WarmUp.isOf(context.getRegistry())) {
            return;
        }
        TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(breakers).bindTo(registry);
        Gauge.builder("gateway.requests.in_flight", inFlight, InFlight::count)
                .description("Requests in flight").register(registry);
    }

    /** @param queues the queues of usage records, of alerts and of the sinks */
    void bind(EventQueues<?> queues, SinkFailureCounter sinks) {
        FunctionCounter.builder("gateway.events.dropped", queues, EventQueues::dropped)
                .description("Usage records and alerts dropped because a queue was full, or left in a queue at a stop").register(registry);
        FunctionCounter.builder("gateway.events.failed", sinks, SinkFailureCounter::failed)
                .description("Usage records and alerts that a sink did not accept").register(registry);
    }

    void bind(ActiveLimiter limiter, MemoryBudget memory) {
        Gauge.builder("gateway.reservations.open", limiter, ActiveLimiter::open)
                .description("Reservations that are neither settled nor released").register(registry);
        FunctionCounter.builder("gateway.reservations.closed_twice", limiter, ActiveLimiter::closedTwice)
                .description("Attempts to close a reservation twice; above 0 is a defect").register(registry);
        texts("remembered", KnownCounts::hits);
        texts("counted", KnownCounts::misses);
        Gauge.builder("gateway.memory.held", memory, MemoryBudget::held).baseUnit("bytes")
                .description("Bytes held by all requests and responses, with requests that are not served yet").register(registry);
        Gauge.builder("gateway.memory.limit", memory, MemoryBudget::limit).baseUnit("bytes")
                .description("Bytes above which new requests get 503").register(registry);
    }

    private void texts(String how, LongSupplier count) {
        FunctionCounter.builder("gateway.prompts.texts", count, LongSupplier::getAsLong).tag("tokens", how)
                .description("Texts of prompts by how their tokens became known").register(registry);
    }
}
