package dev.openaigateway.admin;

import dev.openaigateway.config.load.SettingsChange;

/**
 * A changed setting as responses show it.
 *
 * @param before null for an added element
 * @param after  null for a removed element
 */
record ShownChange(String path, String before, String after) {

    static ShownChange of(SettingsChange change) {
        return new ShownChange(change.path(), change.before().orElse(null), change.after().orElse(null));
    }
}
