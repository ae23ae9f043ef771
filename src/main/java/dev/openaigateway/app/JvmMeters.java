package dev.openaigateway.app;

import dev.openaigateway.warmup.WarmUp;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import org.apache.camel.CamelContext;
import org.apache.camel.support.LifecycleStrategySupport;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * The meters of the JVM and the process. They are bound a second after the start, or for the first scrape if that is earlier: their
 * classes take 0.1 s, for which the first clients would wait (benchmark row "start to first response"). Thread-safe.
 */
final class JvmMeters extends LifecycleStrategySupport {

    private static final Executor LATER = CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS);

    private final MeterRegistry registry;
    private JvmGcMetrics gc;
    private boolean stopped;

    JvmMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Binds the meters, unless they are bound or the context has stopped. */
    synchronized void bind() {
        if (gc != null || stopped) {
            return;
        }
        gc = new JvmGcMetrics();
        gc.bindTo(registry);
        new ClassLoaderMetrics().bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
    }

    @Override
    public void onContextStarted(CamelContext context) {
        if (!WarmUp.isOf(context.getRegistry())) {
            LATER.execute(this::bind);
        }
    }

    @Override
    public synchronized void onContextStopped(CamelContext context) {
        stopped = true;
        if (gc != null) {
            gc.close();
        }
    }
}
