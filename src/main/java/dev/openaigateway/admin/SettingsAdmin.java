package dev.openaigateway.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.openaigateway.config.load.KeyChange;
import dev.openaigateway.config.load.LoadedSettings;
import dev.openaigateway.config.load.SettingsChange;
import dev.openaigateway.problem.InvalidSettingsException;
import dev.openaigateway.problem.Problem;

import java.util.List;
import java.util.Map;

/** Changes the active settings. An invalid change has no effect. Thread-safe; changes are applied one at a time. */
public interface SettingsAdmin {

    /** The active settings. */
    LoadedSettings current();

    /** Reads all sources again and applies them. */
    List<SettingsChange> reload() throws InvalidSettingsException;

    /**
     * Validates a text in the format of {@code instances.yaml} on its own, or one of {@code routing.camel.yaml}, without applying it. Returns
     * probable mistakes in the rules.
     */
    List<Problem> validate(String yaml) throws InvalidSettingsException;

    /**
     * Validates several files together without applying them; files that are not given count as they are now. Returns probable
     * mistakes in the rules.
     *
     * @param files texts by name: {@code instances.yaml}, {@code routing.camel.yaml}, {@code events.camel.yaml} and {@code rules/NAME.camel.yaml}
     */
    List<Problem> validate(Map<String, String> files) throws InvalidSettingsException;

    /**
     * Changes one instance.
     *
     * @param persist whether to write the change to the overlay file too
     */
    List<SettingsChange> change(String instance, ObjectNode values, boolean persist) throws InvalidSettingsException;

    /** Changes the keys of one client, and writes the change to the overlay file. */
    List<SettingsChange> changeKeys(KeyChange change) throws InvalidSettingsException;
}
