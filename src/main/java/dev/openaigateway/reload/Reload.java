package dev.openaigateway.reload;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.openaigateway.admin.SettingsAdmin;
import dev.openaigateway.config.LiveSettings;
import dev.openaigateway.config.Settings;
import dev.openaigateway.config.load.Environment;
import dev.openaigateway.config.load.KeyChange;
import dev.openaigateway.config.load.LoadedSettings;
import dev.openaigateway.config.load.OverlayEdit;
import dev.openaigateway.config.load.SettingsChange;
import dev.openaigateway.config.load.SettingsLoader;
import dev.openaigateway.demo.Demo;
import dev.openaigateway.events.Alert;
import dev.openaigateway.events.Events;
import dev.openaigateway.guard.ForeignAction;
import dev.openaigateway.guard.ForeignCode;
import dev.openaigateway.log.root.GatewayLog;
import dev.openaigateway.problem.InvalidSettingsException;
import dev.openaigateway.problem.Problem;
import dev.openaigateway.reload.files.StartupException;
import dev.openaigateway.reload.live.LiveRouteFiles;
import dev.openaigateway.reload.live.RoutesVersion;
import dev.openaigateway.reload.live.StartedRoutes;
import dev.openaigateway.tls.TlsCheck;
import org.slf4j.Logger;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Applies new settings, all or nothing. Calls in flight finish with the routes and settings they began with. Thread-safe. */
public final class Reload implements SettingsAdmin {

    private static final Logger LOG = GatewayLog.LOG;

    /**
     * What runs beside the active settings and rules, to become active with the next ones.
     *
     * @param added keys of the routes of instances that were added
     * @param rules empty if the rules stay
     */
    private record Prepared(Set<String> added, Optional<StartedRoutes> rules) {
    }

    private final SettingsLoader loader;
    private final Environment environment;
    private final LiveSettings active;
    private final InstanceRoutes routes;
    private final InstanceNamesCheck check;
    private final LiveRouteFiles rules;
    private final Events events;
    private final Validation validation;
    /** Written under the monitor, which a reload holds for seconds; probes and pages read it without. */
    private volatile LoadedSettings current;
    private volatile String alerted;

    public Reload(SettingsLoader loader, Environment environment, LoadedSettings current, LiveSettings active,
           InstanceRoutes routes, InstanceNamesCheck check, LiveRouteFiles rules, Events events) {
        this.loader = loader;
        this.environment = environment;
        this.current = current;
        this.active = active;
        this.routes = routes;
        this.check = check;
        this.rules = rules;
        this.events = events;
        this.validation = new Validation(loader, environment, active, rules, check);
    }

    @Override
    public LoadedSettings current() {
        return current;
    }

    /**
     * Completes the settings that were read before all providers were registered. Called once, before any route starts.
     *
     * @throws InvalidSettingsException if an instance names a provider that is not registered, or lacks what it requires
     */
    public synchronized void applyProviders() throws InvalidSettingsException {
        LoadedSettings complete = loader.withProviders(current);
        if (complete != current) {
            active.change(Demo.unlessConfigured(complete.settings(), environment));
            current = complete;
        }
    }

    /** Why the files on disk are not active; empty if the last reload succeeded. */
    public Optional<String> refusal() {
        return Optional.ofNullable(alerted);
    }

    /** Returns the files on disk that the settings and the rules come from, and those that a reload refuses for their names. */
    synchronized List<Path> files() {
        return Stream.of(current.files(), rules.files(), loader.unread()).flatMap(List::stream).toList();
    }

    @Override
    public synchronized List<SettingsChange> reload() throws InvalidSettingsException {
        try {
            return Refusal.worded(this::load);
        } catch (InvalidSettingsException | RuntimeException e) {
            refused(e.getMessage() == null ? e.toString() : e.getMessage());
            throw e;
        }
    }

    private List<SettingsChange> load() throws InvalidSettingsException {
        LoadedSettings loaded = loader.reload(current);
        Validation.requireInstances(loaded.description(), loaded.settings(), current);
        TlsCheck.requireChanged(current, loaded);
        Settings next = Demo.unlessConfigured(loaded.settings(), environment);
        List<SettingsChange> changes = activate(loaded, next, prepare(next, rules.changed(next)), () -> { });
        alerted = null;
        return changes;
    }

    /**
     * Logs the problems on one line, since there may be no route that takes alerts. The alert is raised only once, because an administrator and
     * the watch may both load the same files.
     */
    private void refused(String problems) {
        String why = String.join("; ", problems.lines().toList());
        LOG.error("The files on disk are refused; the active settings, rules and event routes stay: {}", why);
        if (!why.equals(alerted)) {
            alerted = why;
            events.alert(Alert.Kind.RELOAD_FAILED, null, "The files on disk cannot be applied: " + why);
        }
    }

    @Override
    public synchronized List<Problem> validate(String yaml) throws InvalidSettingsException {
        return Refusal.worded(() -> validation.require(yaml, current()));
    }

    @Override
    public synchronized List<Problem> validate(Map<String, String> files) throws InvalidSettingsException {
        return Refusal.worded(() -> validation.require(files, current()));
    }

    /** Validates against the active rules, because the rules file may be half edited at this moment. */
    @Override
    public synchronized List<SettingsChange> change(String instance, ObjectNode values, boolean persist) throws InvalidSettingsException {
        if (!persist) {
            return Refusal.worded(() -> change(loader.change(current, instance, values), () -> { }));
        }
        try (OverlayEdit edit = loader.persist(current, instance, values)) {
            return Refusal.worded(() -> change(edit.settings(), edit::write));
        }
    }

    private List<SettingsChange> change(LoadedSettings changed, ForeignAction<InvalidSettingsException> last) throws InvalidSettingsException {
        rules.require(changed.settings());
        return activate(changed, changed.settings(), prepare(changed.settings(), Optional.empty()), last);
    }

    @Override
    public synchronized List<SettingsChange> changeKeys(KeyChange change) throws InvalidSettingsException {
        Settings before = active.get();
        try (OverlayEdit edit = loader.changeKeys(current, change)) {
            active.change(before.withClients(edit.settings().settings().clients()), edit::write);
            current = edit.settings();
        }
        List<SettingsChange> changes = SettingsChange.between(before, active.get());
        LOG.info("Active settings: {}; changed: {}", current.description(), ChangedPaths.of(changes));
        return changes;
    }

    /** Validates the settings and starts the routes that they need beside the active ones. If anything fails, all of them are removed. */
    private Prepared prepare(Settings next, Optional<RoutesVersion> changed) throws InvalidSettingsException {
        boolean prepared = false;
        Set<String> added = Set.of();
        try {
            InstanceNamesCheck.require(changed.map(rules::routesWith).orElseGet(rules::routes), next);
            check.expect(next);
            added = routes.add(next);
            Optional<StartedRoutes> started = changed.isPresent() ? Optional.of(rules.start(changed.get())) : Optional.empty();
            prepared = true;
            return new Prepared(added, started);
        } catch (InvalidSettingsException | StartupException e) {
            throw e;
        } catch (Exception e) {
            throw new StartupException("The routes of the instances cannot be created: " + e.getMessage());
        } finally {
            check.expect(null);
            if (!prepared) {
                changed.ifPresent(rules::discard);
                discard(added);
            }
        }
    }

    private void discard(Set<String> added) {
        try {
            routes.removeAdded(added);
        } catch (Exception e) {
            LOG.warn("A route of refused settings could not be removed: {}", e.toString());
        }
    }

    /**
     * Changes settings and rules together. If one of them cannot be changed, both stay, and what was prepared is removed.
     *
     * @param last the last step of the change that may fail, or does nothing
     */
    private List<SettingsChange> activate(LoadedSettings loaded, Settings read, Prepared prepared, ForeignAction<InvalidSettingsException> last)
            throws InvalidSettingsException {
        Settings next = DefaultBaseUrl.kept(read, loaded, current, active.get());
        List<SettingsChange> changes = new ArrayList<>(SettingsChange.between(active.get(), next));
        activate(next, prepared, last).forEach(file -> changes.add(new SettingsChange(file, Optional.empty(), Optional.of("new rules"))));
        current = loaded;
        tidy();
        LOG.info("Active settings: {}; changed: {}", loaded.description(), ChangedPaths.of(changes));
        return changes;
    }

    /** Returns the names of the live files that differ. */
    private List<String> activate(Settings next, Prepared prepared, ForeignAction<InvalidSettingsException> last) throws InvalidSettingsException {
        boolean activated = false;
        try {
            List<String> files = List.of();
            if (prepared.rules().isPresent()) {
                files = rules.activate(prepared.rules().get(), !InstanceNamesCheck.fits(rules.routes(), next), () -> active.change(next, last));
            } else {
                active.change(next, last);
            }
            activated = true;
            return files;
        } finally {
            if (!activated) {
                discard(prepared.added());
            }
        }
    }

    /** Removes what calls needed for a moment longer, and no longer do. */
    synchronized void tidy() {
        try {
            ForeignCode.run(() -> routes.removeUnused(active.get()));
            ForeignCode.run(rules::tidy);
        } catch (Exception e) {
            LOG.warn("An unused route could not be removed: {}", e.toString());
        }
    }
}
