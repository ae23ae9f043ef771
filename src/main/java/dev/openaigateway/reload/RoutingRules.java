package dev.openaigateway.reload;

import dev.openaigateway.config.load.InvalidSettingsException;
import org.apache.camel.CamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Manages the routes of the rules file, behind {@code direct:routing}. After a change of the file, its new routes are
 * started beside the active ones and replace them between two requests. Thread-safe.
 */
public final class RoutingRules {

    private static final Logger LOG = LoggerFactory.getLogger("dev.openaigateway");

    private final CamelContext context;
    private final Model model;
    private final RulesLoader loader;
    private final DrainGrace drainGrace;
    private final RulesSwitch rulesSwitch;
    private final List<RulesVersion> outdated = new ArrayList<>();
    private RulesVersion active;
    private int latest;

    public RoutingRules(CamelContext context, RulesLoader loader, InstantSource clock) {
        this.context = context;
        this.model = context.getCamelContextExtension().getContextPlugin(Model.class);
        this.loader = loader;
        this.drainGrace = new DrainGrace(clock);
        this.rulesSwitch = new RulesSwitch(context);
    }

    /**
     * Adds the first version, which Camel starts with the other routes.
     *
     * @throws StartupException if there are no rules, or they are not valid
     */
    public synchronized void begin() {
        try {
            RulesVersion first = RulesVersion.read(context, loader, 1);
            start(first);
            rulesSwitch.switchTo(first);
            active = first;
        } catch (StartupException e) {
            throw e;
        } catch (Exception e) {
            throw new StartupException(e.getMessage());
        }
    }

    /** Returns the rules file; empty if it is not on disk. */
    synchronized Optional<Path> file() {
        return active.file().path();
    }

    /** Returns the rules now in the file, ready to be started; empty if the file has not changed. */
    synchronized Optional<RulesVersion> changed() throws InvalidSettingsException {
        return active.hasChanged() ? Optional.of(RulesVersion.read(context, loader, latest + 1)) : Optional.empty();
    }

    /** Returns the routes that requests may use, without those of replaced rules. */
    synchronized List<RouteDefinition> routes() {
        return model.getRouteDefinitions().stream()
                .filter(route -> outdated.stream().noneMatch(version -> version.has(route.getRouteId()))).toList();
    }

    /** Returns the routes that requests may use once this version is active. */
    synchronized List<RouteDefinition> routesWith(RulesVersion next) {
        List<RouteDefinition> routes = new ArrayList<>(routes());
        routes.removeIf(route -> active.has(route.getRouteId()));
        routes.addAll(next.routes());
        return routes;
    }

    /** Starts the routes of another version, without sending requests to them yet. */
    synchronized void start(RulesVersion next) throws InvalidSettingsException {
        latest++;
        next.start(context);
    }

    synchronized void activate(RulesVersion next) throws Exception {
        rulesSwitch.switchTo(next);
        outdated.add(active);
        active = next;
        LOG.info("Active rules: {}", next.file().name());
    }

    /** Removes the routes of replaced rules that no request uses any more. */
    synchronized void tidy() {
        for (RulesVersion version : List.copyOf(outdated)) {
            if (drainGrace.isOver(version.entry()) && version.isIdle(context)) {
                version.remove(context);
                outdated.remove(version);
                drainGrace.forget(version.entry());
            }
        }
    }
}
