package dev.openaigateway.runtime;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.openaigateway.admin.Administration;
import dev.openaigateway.config.Environment;
import dev.openaigateway.config.InvalidSettingsException;
import dev.openaigateway.config.LoadedSettings;
import dev.openaigateway.config.Settings;
import dev.openaigateway.config.SettingsChange;
import dev.openaigateway.config.SettingsLoader;
import dev.openaigateway.demo.Demo;
import dev.openaigateway.stats.Alert;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;

/** Brings new settings into force, all or nothing. Calls under way finish on the routes and settings they began with. */
final class Reload implements Administration {

    private static final Logger LOG = LoggerFactory.getLogger("dev.openaigateway");

    private final SettingsLoader loader;
    private final Environment environment;
    private final ActiveSettings active;
    private final InstanceRoutes routes;
    private final RuleCheck rules;
    private final Events events;
    private LoadedSettings current;

    Reload(SettingsLoader loader, Environment environment, LoadedSettings current, ActiveSettings active,
           InstanceRoutes routes, RuleCheck rules, Events events) {
        this.loader = loader;
        this.environment = environment;
        this.current = current;
        this.active = active;
        this.routes = routes;
        this.rules = rules;
        this.events = events;
    }

    @Override
    public synchronized LoadedSettings current() {
        return current;
    }

    @Override
    public synchronized List<SettingsChange> reload() throws InvalidSettingsException {
        try {
            return apply(loader.reload(current));
        } catch (InvalidSettingsException | StartupException e) {
            events.alert(Alert.Kind.RELOAD_FAILED, null, "The settings cannot be reloaded: " + e.getMessage());
            throw e;
        }
    }

    @Override
    public void validate(String yaml) throws InvalidSettingsException {
        loader.validate(yaml);
    }

    @Override
    public synchronized List<SettingsChange> change(String instance, ObjectNode values, boolean persist)
            throws InvalidSettingsException {
        return apply(persist ? loader.persist(current, instance, values) : loader.change(current, instance, values));
    }

    private List<SettingsChange> apply(LoadedSettings loaded) throws InvalidSettingsException {
        Settings next = Demo.unlessConfigured(loaded.settings(), environment);
        List<SettingsChange> changes = SettingsChange.between(active.settings(), next);
        rules.require(next);
        try {
            routes.add(next);
        } catch (Exception e) {
            throw new StartupException("The routes of the instances cannot be made: " + e.getMessage());
        }
        active.apply(next);
        current = loaded;
        tidy(next);
        LOG.info("Settings in force from {}, {} changes", loaded.description(), changes.size());
        return changes;
    }

    /** What cannot be removed now is removed after a later reload. */
    private void tidy(Settings next) {
        try {
            routes.removeUnused(next);
        } catch (Exception e) {
            LOG.warn("A route that is not needed any more was not removed: {}", e.toString());
        }
    }
}
