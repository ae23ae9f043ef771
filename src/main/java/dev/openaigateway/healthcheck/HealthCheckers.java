package dev.openaigateway.healthcheck;

import dev.openaigateway.events.AlertRaiser;
import dev.openaigateway.identity.AccessTokens;
import dev.openaigateway.provider.Providers;
import dev.openaigateway.routing.Instances;
import dev.openaigateway.upstream.InstanceCalls;
import dev.openaigateway.upstream.connection.UpstreamConnections;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.ExecutorServiceManager;
import org.apache.camel.support.service.ServiceSupport;

import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;

/** The health checks of upstreams, with their own connections and threads. They share none with client calls. */
public final class HealthCheckers extends ServiceSupport {

    private final InstanceCalls calls;
    private final ExecutorServiceManager executors;
    private final ExecutorService threads;
    private final ModelHealth ofModels;
    private final HealthChecks periodic;
    private ScheduledExecutorService timer;

    public HealthCheckers(CamelContext context, Instances instances, Providers providers, UpstreamConnections connections, AccessTokens tokens,
                          AlertRaiser alertRaiser, InstantSource clock) {
        executors = context.getExecutorServiceManager();
        threads = executors.newCachedThreadPool(this, "health-check");
        calls = new InstanceCalls(providers, connections::client, tokens);
        HealthCheck check = new HealthCheck(providers, calls);
        ofModels = new ModelHealth(instances, check, threads, clock);
        periodic = new HealthChecks(instances, check, threads, alertRaiser::checked, clock);
    }

    public ModelHealth ofModels() {
        return ofModels;
    }

    @Override
    protected void doStart() {
        timer = executors.newSingleThreadScheduledExecutor(this, "health-checks");
        periodic.start(timer);
    }

    @Override
    protected void doStop() throws IOException {
        executors.shutdownNow(timer);
        executors.shutdownNow(threads);
        calls.close();
    }
}
