package dev.openaigateway.runtime;

import dev.openaigateway.admin.HealthChecks;
import dev.openaigateway.admin.ModelHealth;
import dev.openaigateway.admin.Probe;
import dev.openaigateway.routing.Instances;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.ExecutorServiceManager;
import org.apache.camel.support.service.ServiceSupport;

import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;

/** Everything that asks upstreams how they are, with the connections and threads for it. None is shared with clients' calls. */
final class Checkups extends ServiceSupport {

    private final Probe probe;
    private final ExecutorServiceManager executors;
    private final ExecutorService threads;
    private final ModelHealth ofModels;
    private final HealthChecks regular;
    private ScheduledExecutorService timer;

    Checkups(CamelContext context, Instances instances, UpstreamConnections connections, Alarm alarm, InstantSource clock) {
        executors = context.getExecutorServiceManager();
        threads = executors.newCachedThreadPool(this, "checkup");
        probe = new Probe(connections::client);
        ofModels = new ModelHealth(instances, probe, threads, clock);
        regular = new HealthChecks(instances, probe, threads, alarm::checked, clock);
    }

    ModelHealth ofModels() {
        return ofModels;
    }

    @Override
    protected void doStart() {
        timer = executors.newSingleThreadScheduledExecutor(this, "health-checks");
        regular.start(timer);
    }

    @Override
    protected void doStop() throws IOException {
        executors.shutdownNow(timer);
        executors.shutdownNow(threads);
        probe.close();
    }
}
