package dev.openaigateway.app;

import dev.openaigateway.call.InFlight;
import dev.openaigateway.call.MemoryBudget;
import dev.openaigateway.events.EventQueues;
import dev.openaigateway.events.Events;
import dev.openaigateway.events.SinkFailureCounter;
import dev.openaigateway.throttle.ActiveLimiter;
import dev.openaigateway.tokenizer.KnownCounts;
import dev.openaigateway.warmup.WarmUp;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import org.apache.camel.CamelContext;
import org.apache.camel.support.LifecycleStrategySupport;

import java.util.function.LongSupplier;

/** The meters that are sampled rather than counted: the JVM, the breakers, the requests in flight. */
final class Meters extends LifecycleStrategySupport {

    private final MeterRegistry registry;
    private final InFlight inFlight;
    private final CircuitBreakerRegistry breakers;
    private final JvmGcMetrics gc = new JvmGcMetrics();

    private Meters(MeterRegistry registry, InFlight inFlight, CircuitBreakerRegistry breakers) {
        this.registry = registry;
        this.inFlight = inFlight;
        this.breakers = breakers;
    }

    /** Returns the meters, which are bound once the context has started. */
    static Meters install(CamelContext context, MeterRegistry registry, InFlight inFlight, CircuitBreakerRegistry breakers) {
        Meters meters = new Meters(registry, inFlight, breakers);
        context.addLifecycleStrategy(meters);
        return meters;
    }

    /** After the listener has opened, because the classes of the JVM's meters take time (benchmark row "start to first response"). */
    @Override
    public void onContextStarted(CamelContext context) {
        if (WarmUp.isOf(context.getRegistry())) {
            return;
        }
        new ClassLoaderMetrics().bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        gc.bindTo(registry);
        TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(breakers).bindTo(registry);
        Gauge.builder("gateway.requests.in_flight", inFlight, InFlight::count)
                .description("Requests in flight").register(registry);
    }

    /** @param queues the queues of usage records, of alerts and of the sinks */
    void bind(EventQueues<?> queues, SinkFailureCounter sinks) {
        FunctionCounter.builder("gateway.events.dropped", queues, EventQueues::dropped)
                .description("Usage records and alerts dropped because a queue was full").register(registry);
        FunctionCounter.builder("gateway.events.failed", sinks, SinkFailureCounter::failed)
                .description("Usage records and alerts that a sink did not accept").register(registry);
    }

    void bind(ActiveLimiter limiter) {
        Gauge.builder("gateway.reservations.open", limiter, ActiveLimiter::open)
                .description("Reservations that are neither settled nor released").register(registry);
        FunctionCounter.builder("gateway.reservations.closed_twice", limiter, ActiveLimiter::closedTwice)
                .description("Attempts to close a reservation twice; above 0 is a defect").register(registry);
        texts("remembered", KnownCounts::hits);
        texts("counted", KnownCounts::misses);
    }

    private void texts(String how, LongSupplier count) {
        FunctionCounter.builder("gateway.prompts.texts", count, LongSupplier::getAsLong).tag("tokens", how)
                .description("Texts of prompts by how their tokens became known").register(registry);
    }

    void bind(MemoryBudget memory) {
        Gauge.builder("gateway.memory.held", memory, MemoryBudget::held).baseUnit("bytes")
                .description("Bytes held by all requests and responses").register(registry);
        Gauge.builder("gateway.memory.limit", memory, MemoryBudget::limit).baseUnit("bytes")
                .description("Bytes above which a request is refused with 503").register(registry);
    }

    @Override
    public void onContextStopped(CamelContext context) {
        gc.close();
    }
}
