package dev.openaigateway.app;

import dev.openaigateway.config.LiveSettings;
import dev.openaigateway.config.Settings;
import dev.openaigateway.config.load.LoadedSettings;
import dev.openaigateway.demo.Demo;
import dev.openaigateway.events.Events;
import dev.openaigateway.gateway.Watchdog;
import dev.openaigateway.log.root.GatewayLog;
import dev.openaigateway.problem.InvalidSettingsException;
import dev.openaigateway.reload.InstanceRoutes;
import dev.openaigateway.reload.Reload;
import dev.openaigateway.reload.files.StartupException;
import dev.openaigateway.reload.live.LiveRouteFiles;
import dev.openaigateway.warmup.WarmUp;
import org.apache.camel.CamelContext;
import org.apache.camel.Service;
import org.apache.camel.support.LifecycleStrategySupport;
import org.slf4j.Logger;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Hooks for the start and stop of the context, in addition to the services that it starts and stops itself. */
final class Lifecycle extends LifecycleStrategySupport {

    private static final Logger LOG = GatewayLog.LOG;

    /** Sinks get the rest of the drain time, and at least this. */
    private static final Duration SHORTEST_DELIVERY = Duration.ofSeconds(5);

    private final CamelContext context;
    private final Reload reload;
    private final LiveSettings active;
    private final InstanceRoutes routes;
    private final LiveRouteFiles rules;
    private final Watchdog watchdog;
    private final Events events;
    private final LoadedSettings loaded;
    private final Runnable beansBound;
    private boolean started;

    /** @param beansBound run once all beans of Java and of route files are in the registry, before any route starts */
    Lifecycle(CamelContext context, Reload reload, LiveSettings active, InstanceRoutes routes, LiveRouteFiles rules,
              Watchdog watchdog, Events events, LoadedSettings loaded, Runnable beansBound) {
        this.context = context;
        this.reload = reload;
        this.active = active;
        this.routes = routes;
        this.rules = rules;
        this.watchdog = watchdog;
        this.events = events;
        this.loaded = loaded;
        this.beansBound = beansBound;
    }

    /**
     * @param late  services started after the routes
     * @param early services started before the routes
     */
    static void addServices(CamelContext context, List<Service> late, Service... early) {
        try {
            for (Service service : late) {
                context.addService(service, true, false);
            }
            for (Service service : early) {
                context.addService(service, true, true);
            }
        } catch (Exception e) {
            throw new StartupException("The services of the gateway cannot be added: " + e.getMessage());
        }
    }

    /** The last point at which Camel starts added routes together with those of the files. All beans are bound by then. */
    @Override
    public void onContextInitializing(CamelContext initializing) {
        rules.complete();
        beansBound.run();
        try {
            reload.applyProviders();
            routes.add(active.get());
        } catch (InvalidSettingsException e) {
            throw new StartupException(e.getMessage());
        } catch (Exception e) {
            throw new StartupException("The routes of the instances cannot be created: " + e.getMessage());
        }
        rules.begin(active.get());
        long grace = active.get().streams().drain().toSeconds() + 5;
        context.getShutdownStrategy().setTimeUnit(TimeUnit.SECONDS);
        context.getShutdownStrategy().setTimeout(grace);
    }

    @Override
    public void onContextStarted(CamelContext ready) {
        if (WarmUp.isOf(context.getRegistry())) {
            return;
        }
        started = true;
        Settings settings = active.get();
        LOG.info("Settings from {}", loaded.description());
        int instances = settings.instances().size();
        LOG.info("{} serves {} {} at {}", settings.name(), instances, instances == 1 ? "instance" : "instances", settings.address());
        if (Demo.isOn(loaded.settings())) {
            LOG.info(Demo.invitation(settings));
        }
    }

    /** Drains before the routes stop, because the records of the last requests still go through routes. */
    @Override
    public void onContextStopping(CamelContext stopping) {
        if (started) {
            LOG.info("{} stops; requests in flight: {}, which get up to {} s to end", active.get().name(), watchdog.running(),
                    active.get().streams().drain().toMillis() / 1000.0);
        }
        long end = System.nanoTime() + active.get().streams().drain().toNanos();
        watchdog.drain();
        events.drain();
        rules.drain(Duration.ofNanos(Math.max(end - System.nanoTime(), SHORTEST_DELIVERY.toNanos())));
    }

    @Override
    public void onContextStopped(CamelContext stopped) {
        rules.stopped();
    }
}
