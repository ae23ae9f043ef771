package dev.openaigateway.runtime;

import dev.openaigateway.admin.HealthChecks;
import dev.openaigateway.admin.ModelHealth;
import dev.openaigateway.admin.Probe;
import dev.openaigateway.routing.Instances;

import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Everything that asks upstreams how they are, with the connections and threads for it. None is shared with clients' calls. */
final class Checkups implements AutoCloseable {

    private final Probe probe;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "checkup");
        thread.setDaemon(true);
        return thread;
    });
    private final ModelHealth ofModels;
    private final HealthChecks regular;

    Checkups(Instances instances, UpstreamConnections connections, Alarm alarm, InstantSource clock) {
        probe = new Probe(connections::client);
        ofModels = new ModelHealth(instances, probe, threads, clock);
        regular = new HealthChecks(instances, probe, threads, alarm::checked, clock);
    }

    ModelHealth ofModels() {
        return ofModels;
    }

    void start() {
        regular.start();
    }

    @Override
    public void close() throws IOException {
        regular.close();
        threads.shutdownNow();
        probe.close();
    }
}
