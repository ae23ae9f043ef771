package dev.openaigateway.reload.live;

import dev.openaigateway.call.InFlight;
import dev.openaigateway.config.Settings;
import dev.openaigateway.guard.ForeignAction;
import dev.openaigateway.log.root.GatewayLog;
import dev.openaigateway.problem.InvalidSettingsException;
import dev.openaigateway.problem.Problem;
import dev.openaigateway.reload.files.FileText;
import dev.openaigateway.reload.files.RouteFilesLoader;
import dev.openaigateway.reload.files.StartupException;
import org.apache.camel.CamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.slf4j.Logger;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Manages the routes of the live files: the rules, behind {@code direct:routing}, and those of the events. After a change
 * of the files, all their new routes are started beside the active ones and replace them between two exchanges; if one
 * fails, none does. Thread-safe.
 */
public final class LiveRouteFiles {

    private static final Logger LOG = GatewayLog.LOG;

    private final CamelContext context;
    private final Model model;
    private final RouteFilesLoader loader;
    private final ReplacedRoutes replaced;
    private final EntryPoints entryPoints;
    private final EndpointJournal endpoints;
    private final LiveFilesCheck checks;
    private final RulesBeans beans = new RulesBeans();
    /** Written under the monitor; pages read it without, since a change of the rules holds the monitor for seconds. */
    private volatile StartedRoutes active;

    public LiveRouteFiles(CamelContext context, RouteFilesLoader loader, InFlight inFlight, InstantSource clock) {
        this.context = context;
        this.model = context.getCamelContextExtension().getContextPlugin(Model.class);
        this.loader = loader;
        this.replaced = new ReplacedRoutes(inFlight, clock);
        this.entryPoints = new EntryPoints(context);
        this.endpoints = EndpointJournal.install(context);
        this.checks = new LiveFilesCheck(context);
        LocatedRouteFactory.install(context, () -> active);
    }

    /** Loads the route files of the jar if Camel found none on disk. */
    public void complete() {
        try {
            loader.complete();
        } catch (Exception e) {
            throw new StartupException("The route files in the jar cannot be loaded: " + e.getMessage());
        }
    }

    /**
     * Adds the first version, which Camel starts with the other routes.
     *
     * @throws StartupException if there are no rules, or they are not valid
     */
    public synchronized void begin(Settings settings) {
        try {
            RoutesVersion first = read(loader.files().read(), settings);
            RouteInputs inputs = entryPoints.prepare(first);
            LiveRoutes routes = LiveRoutes.add(context, first, others());
            entryPoints.begin(inputs);
            entryPoints.switchTo(inputs);
            active = new StartedRoutes(first, routes, inputs);
            beans.activate(first);
            checks.activate(first);
        } catch (Exception e) {
            throw new StartupException(e.getMessage());
        }
    }

    /** Returns the files on disk, and where files may be added. */
    public synchronized List<Path> files() {
        return loader.files().watched();
    }

    /**
     * Reads the files as they are now, ready to be started; empty if none has changed and they fit these settings. A version that is
     * read must be started or {@link #discard discarded}.
     */
    public synchronized Optional<RoutesVersion> changed(Settings next) throws InvalidSettingsException {
        List<FileText> files = loader.files().read(active.version().files());
        if (!files.equals(active.version().files())) {
            return Optional.of(read(files, next));
        }
        require(next);
        return Optional.empty();
    }

    /**
     * Returns probable mistakes in the active rules.
     *
     * @throws InvalidSettingsException with all problems, if these rules do not fit the settings
     */
    public synchronized List<Problem> require(Settings next) throws InvalidSettingsException {
        return checks.require(active.version().files(), next, others(), active.version());
    }

    /**
     * Checks a text as if it were {@code routing.camel.yaml}, together with the other files as they are now: builds
     * the routes, and removes them again. Returns probable mistakes in all of them.
     *
     * @throws InvalidSettingsException with all problems; those of the text have {@code request} as their source
     */
    public synchronized List<Problem> check(String text, Settings settings) throws InvalidSettingsException {
        return check(loader.files().readWithRules("request", text, active.version().files()), settings);
    }

    /**
     * Checks texts as if they were the files of these names, together with the other files as they are now: builds the routes, unless they are
     * those of the active version, and removes them again. Returns probable mistakes in all of them.
     *
     * @param settings the settings to check with
     * @throws InvalidSettingsException with all problems
     */
    public synchronized List<Problem> check(Map<String, String> texts, Settings settings) throws InvalidSettingsException {
        return check(loader.files().readWith(texts, active.version().files()), settings);
    }

    private List<Problem> check(List<FileText> files, Settings settings) throws InvalidSettingsException {
        if (files.equals(active.version().files())) {
            return require(settings);
        }
        RoutesVersion version = read(files, settings);
        endpoints.begin();
        try {
            LiveRoutes.start(context, version, others()).stop();
            return version.warnings();
        } finally {
            endpoints.end();
            discard(version);
        }
    }

    private RoutesVersion read(List<FileText> files, Settings settings) throws InvalidSettingsException {
        RoutesVersion former = active == null ? null : active.version();
        List<Problem> found = checks.require(files, settings, others(), former);
        endpoints.begin();
        try {
            return new VersionReader(context, loader, found).read(files, former, others());
        } finally {
            endpoints.end();
        }
    }

    /** Returns the routes that requests may use, without those of replaced rules. */
    public synchronized List<RouteDefinition> routes() {
        return List.copyOf(model.getRouteDefinitions());
    }

    /** Returns the active routes of the live files; none before the start. */
    public List<RouteDefinition> live() {
        StartedRoutes now = active;
        return now == null ? List.of() : now.version().routes();
    }

    /** Returns the routes of other files. */
    public synchronized List<RouteDefinition> others() {
        return routes().stream().filter(route -> active == null || !active.version().has(route)).toList();
    }

    /** Returns the routes that requests may use once this version is active. */
    public synchronized List<RouteDefinition> routesWith(RoutesVersion next) {
        return Stream.concat(others().stream(), next.routes().stream()).toList();
    }

    /** Starts the routes of another version, without using them yet. */
    public synchronized StartedRoutes start(RoutesVersion next) throws InvalidSettingsException {
        LiveRoutes routes = null;
        endpoints.begin();
        try {
            routes = LiveRoutes.start(context, next, others());
            return new StartedRoutes(next, routes, entryPoints.prepare(next));
        } catch (Exception e) {
            if (routes != null) {
                routes.stop();
            }
            throw next.failure(context, e);
        } finally {
            endpoints.end();
        }
    }

    /** Removes everything that a refused version has left in the context. */
    public synchronized void discard(RoutesVersion refused) {
        refused.snapshot().restore();
        refused.destroyBeans();
        endpoints.sweep(replaced.with(active.routes()));
    }

    /**
     * Uses another version from now on, and changes the settings with it, or neither of them. Returns the names of the files that differ.
     *
     * @param rulesFirst whether requests use the version before the settings change, because the active one does not fit them
     * @throws InvalidSettingsException if the version cannot become the active one, or as the change of the settings throws it; nothing of it is left
     * @throws RuntimeException         as the change of the settings throws it; nothing of the version is left
     */
    public synchronized List<String> activate(StartedRoutes next, boolean rulesFirst, ForeignAction<InvalidSettingsException> settings) throws InvalidSettingsException {
        Replacement replacement = new Replacement(context, entryPoints, replaced, active, next);
        try {
            replacement.run(rulesFirst, settings);
        } catch (InvalidSettingsException | RuntimeException e) {
            replacement.undo();
            endpoints.sweep(replaced.with(active.routes()));
            throw e;
        }
        List<String> changed = next.version().changedSince(active.version());
        active = next;
        replacement.conclude();
        beans.activate(next.version());
        checks.activate(next.version());
        LOG.info("Active rules: {}", String.join(", ", changed));
        return changed;
    }

    /** Stops the routes of replaced versions that no request uses any more. */
    public synchronized void tidy() {
        List<LiveRoutes> unused = replaced.removeUnused();
        unused.forEach(entryPoints::forget);
        unused.forEach(LiveRoutes::stop);
        if (!unused.isEmpty()) {
            endpoints.sweep(replaced.with(active.routes()));
        }
    }

    /** Waits, without the monitor, until the events in queues have been delivered, at most as long. Then delivers no more, and logs what each drops. */
    public void drain(Duration longest) {
        entryPoints.drain(longest);
    }

    /** Ends the use of the active version, after its routes have stopped. */
    public synchronized void stopped() {
        if (active != null) {
            active.version().destroyBeans();
        }
    }
}
