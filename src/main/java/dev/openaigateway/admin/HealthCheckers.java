package dev.openaigateway.admin;

import dev.openaigateway.events.AlertRaiser;
import dev.openaigateway.provider.Providers;
import dev.openaigateway.routing.Instances;
import dev.openaigateway.upstream.UpstreamConnections;

import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The health checks of upstreams, with connections and threads of their own. Nothing is shared with clients' calls. */
public final class HealthCheckers implements AutoCloseable {

    private final Probe probe;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "checkup");
        thread.setDaemon(true);
        return thread;
    });
    private final ModelHealth ofModels;
    private final HealthChecks regular;

    public HealthCheckers(Instances instances, Providers providers, UpstreamConnections connections, AlertRaiser alertRaiser, InstantSource clock) {
        probe = new Probe(providers, connections::client);
        ofModels = new ModelHealth(instances, probe, threads, clock);
        regular = new HealthChecks(instances, probe, threads, alertRaiser::checked, clock);
    }

    public ModelHealth ofModels() {
        return ofModels;
    }

    public void start() {
        regular.start();
    }

    @Override
    public void close() throws IOException {
        regular.close();
        threads.shutdownNow();
        probe.close();
    }
}
