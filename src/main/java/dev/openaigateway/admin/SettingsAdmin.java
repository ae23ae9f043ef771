package dev.openaigateway.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.openaigateway.config.load.InvalidSettingsException;
import dev.openaigateway.config.load.LoadedSettings;
import dev.openaigateway.config.load.SettingsChange;

import java.util.List;

/** Changes the active settings, all or nothing. Thread-safe: one change at a time. */
public interface SettingsAdmin {

    /** What is in force. */
    LoadedSettings current();

    /** Reads all sources anew. */
    List<SettingsChange> reload() throws InvalidSettingsException;

    /** Checks a text in the shape of {@code instances.yaml}, alone and without applying it. */
    void validate(String yaml) throws InvalidSettingsException;

    /**
     * Changes one instance.
     *
     * @param persist also write the change to the overlay file
     */
    List<SettingsChange> change(String instance, ObjectNode values, boolean persist) throws InvalidSettingsException;
}
