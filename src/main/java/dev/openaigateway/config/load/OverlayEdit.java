package dev.openaigateway.config.load;

import dev.openaigateway.log.root.GatewayLog;
import dev.openaigateway.problem.InvalidSettingsException;
import dev.openaigateway.problem.Problem;
import org.slf4j.Logger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A change of the settings that is ready to be written to the overlay file. No other gateway changes the file until this is closed, on the
 * thread that prepared it. What was not {@link #write written} by then leaves the file as it was. Not thread-safe.
 */
public final class OverlayEdit implements AutoCloseable {

    private static final Logger LOG = GatewayLog.LOG;

    /** Prepares the new text of the file. */
    interface Edit {

        void of(OverlayFile file) throws IOException, InvalidSettingsException;
    }

    private final String source;
    private final LoadedSettings settings;
    private final OverlayLock lock;
    private final OverlayFile file;

    private OverlayEdit(String source, LoadedSettings settings, OverlayLock lock, OverlayFile file) {
        this.source = source;
        this.settings = settings;
        this.lock = lock;
        this.file = file;
    }

    /**
     * @param overlay  which need not exist
     * @param settings with the change
     * @throws InvalidSettingsException as the edit throws it, or if the file cannot be written
     */
    static OverlayEdit prepare(Path overlay, Environment environment, LoadedSettings settings, Edit edit) throws InvalidSettingsException {
        String source = environment.describe(overlay);
        OverlayEdit prepared = null;
        boolean isReady = false;
        try {
            // What a link names is locked and replaced, not the link.
            Path file = Files.exists(overlay) ? overlay.toRealPath() : overlay;
            prepared = new OverlayEdit(source, settings, OverlayLock.acquire(file), new OverlayFile(source, file));
            edit.of(prepared.file);
            isReady = true;
            return prepared;
        } catch (IOException e) {
            throw refusal(source);
        } finally {
            if (prepared != null && !isReady) {
                prepared.close();
            }
        }
    }

    /** The settings with the change. */
    public LoadedSettings settings() {
        return settings;
    }

    /**
     * Puts the change into the file.
     *
     * @throws InvalidSettingsException if the file cannot be written; then it is as before
     */
    public void write() throws InvalidSettingsException {
        try {
            file.replace();
        } catch (IOException e) {
            throw refusal(source);
        }
    }

    private static InvalidSettingsException refusal(String source) {
        return Problem.about(source, "cannot be written; GATEWAY_OVERLAY may name a file in a folder that can");
    }

    @Override
    public void close() {
        try (lock) {
            file.discard();
        } catch (IOException e) {
            LOG.warn("Could not remove the temporary file of the overlay {}, or release its lock: {}", source, e.toString());
        }
    }
}
