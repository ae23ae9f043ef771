package dev.openaigateway.reload;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.openaigateway.admin.SettingsAdmin;
import dev.openaigateway.config.LiveSettings;
import dev.openaigateway.config.Settings;
import dev.openaigateway.config.load.Environment;
import dev.openaigateway.config.load.InvalidSettingsException;
import dev.openaigateway.config.load.LoadedSettings;
import dev.openaigateway.config.load.Problem;
import dev.openaigateway.config.load.SettingsChange;
import dev.openaigateway.config.load.SettingsLoader;
import dev.openaigateway.demo.Demo;
import dev.openaigateway.events.Alert;
import dev.openaigateway.events.Events;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Brings new settings into force, all or nothing. Calls under way finish on the routes and settings they began with. */
public final class Reload implements SettingsAdmin {

    private static final Logger LOG = LoggerFactory.getLogger("dev.openaigateway");

    private final SettingsLoader loader;
    private final Environment environment;
    private final LiveSettings active;
    private final InstanceRoutes routes;
    private final RuleCheck check;
    private final RoutingRules rules;
    private final Events events;
    private LoadedSettings current;
    private String alerted;

    public Reload(SettingsLoader loader, Environment environment, LoadedSettings current, LiveSettings active,
           InstanceRoutes routes, RuleCheck check, RoutingRules rules, Events events) {
        this.loader = loader;
        this.environment = environment;
        this.current = current;
        this.active = active;
        this.routes = routes;
        this.check = check;
        this.rules = rules;
        this.events = events;
    }

    @Override
    public synchronized LoadedSettings current() {
        return current;
    }

    /** Everything on disk that decides over settings and rules. */
    synchronized List<Path> files() {
        return Stream.concat(current.files().stream(), rules.file().stream()).toList();
    }

    @Override
    public synchronized List<SettingsChange> reload() throws InvalidSettingsException {
        try {
            LoadedSettings loaded = loader.reload(current);
            requireInstances(loaded);
            Settings next = Demo.unlessConfigured(loaded.settings(), environment);
            Optional<RulesVersion> changed = rules.changed();
            prepare(next, changed);
            List<SettingsChange> changes = bringIntoForce(loaded, next, changed);
            alerted = null;
            return changes;
        } catch (InvalidSettingsException | RuntimeException e) {
            alert(e.getMessage() == null ? e.toString() : e.getMessage());
            throw e;
        }
    }

    /** A file that is just being written may be empty for a moment; and the demo's routes start with the gateway only. */
    private void requireInstances(LoadedSettings loaded) throws InvalidSettingsException {
        if (Demo.isOn(loaded.settings()) && !Demo.isOn(current.settings())) {
            throw new InvalidSettingsException(List.of(new Problem(loaded.description(), "instances", Optional.empty(),
                    "must not become empty while the gateway runs; 'enabled: false' takes an instance out", Optional.empty())));
        }
    }

    /** In one line, and once: an administrator and the watch may come upon the same files one after the other. */
    private void alert(String problems) {
        String why = String.join("; ", problems.lines().toList());
        if (!why.equals(alerted)) {
            alerted = why;
            events.alert(Alert.Kind.RELOAD_FAILED, null, "The settings cannot be reloaded: " + why);
        }
    }

    @Override
    public void validate(String yaml) throws InvalidSettingsException {
        loader.validate(yaml);
    }

    /** Under the rules in force: the file with the rules may be half edited at this moment. */
    @Override
    public synchronized List<SettingsChange> change(String instance, ObjectNode values, boolean persist)
            throws InvalidSettingsException {
        LoadedSettings changed = loader.change(current, instance, values);
        prepare(changed.settings(), Optional.empty());
        LoadedSettings lasting = persist ? loader.persist(current, instance, values) : changed;
        return bringIntoForce(lasting, lasting.settings(), Optional.empty());
    }

    /** Makes sure that these settings will do, and starts the routes that they need, beside those in force. */
    private void prepare(Settings next, Optional<RulesVersion> changed) throws InvalidSettingsException {
        RuleCheck.require(changed.map(rules::routesWith).orElseGet(rules::routes), next);
        check.expect(next);
        try {
            routes.add(next);
            if (changed.isPresent()) {
                rules.start(changed.get());
            }
        } catch (InvalidSettingsException e) {
            throw e;
        } catch (Exception e) {
            throw new StartupException("The routes of the instances cannot be made: " + e.getMessage());
        } finally {
            check.expect(null);
        }
    }

    private List<SettingsChange> bringIntoForce(LoadedSettings loaded, Settings next, Optional<RulesVersion> changed) {
        List<SettingsChange> changes = new ArrayList<>(SettingsChange.between(active.get(), next));
        boolean rulesFirst = !RuleCheck.fits(rules.routes(), next);
        if (rulesFirst) {
            takeOver(changed);
        }
        active.change(next);
        if (!rulesFirst) {
            takeOver(changed);
        }
        changed.flatMap(version -> version.file().path()).ifPresent(file ->
                changes.add(new SettingsChange(file.getFileName().toString(), Optional.empty(), Optional.of("new rules"))));
        current = loaded;
        tidy(next);
        LOG.info("Settings in force from {}, {} changes", loaded.description(), changes.size());
        return changes;
    }

    private void takeOver(Optional<RulesVersion> changed) {
        try {
            if (changed.isPresent()) {
                rules.takeOver(changed.get());
            }
        } catch (Exception e) {
            throw new StartupException("The rules cannot take over: " + e.getMessage());
        }
    }

    /** What cannot be removed now is removed after a later reload. */
    private void tidy(Settings next) {
        try {
            routes.removeUnused(next);
            rules.tidy();
        } catch (Exception e) {
            LOG.warn("A route that is not needed any more was not removed: {}", e.toString());
        }
    }
}
