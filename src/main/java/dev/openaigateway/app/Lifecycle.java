package dev.openaigateway.app;

import dev.openaigateway.config.Settings;
import dev.openaigateway.config.load.LoadedSettings;
import dev.openaigateway.demo.Demo;
import dev.openaigateway.events.Events;
import dev.openaigateway.gateway.Watchdog;
import dev.openaigateway.reload.ActiveSettings;
import dev.openaigateway.reload.InstanceRoutes;
import dev.openaigateway.reload.RoutingRules;
import dev.openaigateway.reload.StartupException;
import org.apache.camel.CamelContext;
import org.apache.camel.support.LifecycleStrategySupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.concurrent.TimeUnit;

/** What happens when the context starts and stops. */
final class Lifecycle extends LifecycleStrategySupport {

    private static final Logger LOG = LoggerFactory.getLogger("dev.openaigateway");

    private final CamelContext context;
    private final ActiveSettings active;
    private final InstanceRoutes routes;
    private final RoutingRules rules;
    private final Watchdog watchdog;
    private final Events events;
    private final LoadedSettings loaded;
    private final List<Runnable> starts;
    private final List<AutoCloseable> parts;

    /**
     * @param starts run when the context has started
     * @param parts  closed, in this order, when it has stopped
     */
    Lifecycle(CamelContext context, ActiveSettings active, InstanceRoutes routes, RoutingRules rules, Watchdog watchdog, Events events,
              LoadedSettings loaded, List<Runnable> starts, List<AutoCloseable> parts) {
        this.context = context;
        this.active = active;
        this.routes = routes;
        this.rules = rules;
        this.watchdog = watchdog;
        this.events = events;
        this.loaded = loaded;
        this.starts = List.copyOf(starts);
        this.parts = List.copyOf(parts);
    }

    /** The last moment at which Camel still starts an added route together with those of the files. */
    @Override
    public void onContextInitializing(CamelContext initializing) {
        try {
            routes.add(active.settings());
        } catch (Exception e) {
            throw new StartupException("The routes of the instances cannot be made: " + e.getMessage());
        }
        rules.begin();
        long grace = active.settings().streams().drain().toSeconds() + 5;
        context.getShutdownStrategy().setTimeUnit(TimeUnit.SECONDS);
        context.getShutdownStrategy().setTimeout(grace);
        watchdog.start();
    }

    @Override
    public void onContextStarted(CamelContext started) {
        starts.forEach(Runnable::run);
        Settings settings = active.settings();
        LOG.info("Settings from {}", loaded.description());
        LOG.info("{} serves {} instances at http://{}:{}", settings.name(), settings.instances().size(), settings.host(), settings.port());
        if (Demo.isOn(loaded.settings())) {
            LOG.info(Demo.invitation(settings));
        }
    }

    /** What the last requests leave in the log still goes through routes, which stop after this. */
    @Override
    public void onContextStopping(CamelContext stopping) {
        watchdog.drain();
        events.close();
    }

    @Override
    public void onContextStopped(CamelContext stopped) {
        watchdog.close();
        for (AutoCloseable part : parts) {
            try {
                part.close();
            } catch (Exception e) {
                LOG.warn("{} was not closed properly: {}", part.getClass().getSimpleName(), e.toString());
            }
        }
    }
}
