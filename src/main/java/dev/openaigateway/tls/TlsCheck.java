package dev.openaigateway.tls;

import dev.openaigateway.config.TlsSettings;
import dev.openaigateway.config.load.LoadedSettings;
import dev.openaigateway.problem.InvalidSettingsException;

import java.util.Optional;

/** Checks that the files that {@code tls} names can be used. The parser of the settings knows only that they can be read. */
public final class TlsCheck {

    private TlsCheck() {
    }

    /** @throws InvalidSettingsException with the place of the setting whose file cannot be used */
    public static void require(LoadedSettings loaded) throws InvalidSettingsException {
        Optional<TlsSettings> tls = loaded.settings().tls();
        if (tls.isPresent()) {
            try {
                CertificateFiles.read(tls.get());
            } catch (CertificateException e) {
                throw loaded.refusal(e.setting(), e.subject(), "cannot be used: " + e.reason());
            }
        }
    }

    /**
     * Checks changed settings only: a file that is being renewed may not fit for a moment, and the next start needs both halves of what
     * the settings name now.
     *
     * @throws InvalidSettingsException as {@link #require}
     */
    public static void requireChanged(LoadedSettings before, LoadedSettings after) throws InvalidSettingsException {
        if (!before.settings().tls().equals(after.settings().tls())) {
            require(after);
        }
    }
}
