package dev.openaigateway.reload;

import dev.openaigateway.admin.ChangeLog;
import dev.openaigateway.config.LiveSettings;
import dev.openaigateway.config.load.FileState;
import dev.openaigateway.guard.PeriodicTask;
import dev.openaigateway.log.root.GatewayLog;
import dev.openaigateway.problem.InvalidSettingsException;
import org.apache.camel.CamelContext;
import org.apache.camel.support.service.ServiceSupport;
import org.slf4j.Logger;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;

/** Reloads the settings when their files change. Polls once a second, so that replaced links and mounts count too. */
public final class SettingsWatch extends ServiceSupport {

    private static final Logger LOG = GatewayLog.LOG;
    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final CamelContext context;
    private final Reload reload;
    private final LiveSettings settings;
    private final ChangeLog changes;
    private ScheduledExecutorService thread;
    private Map<Path, String> seen = Map.of();

    public SettingsWatch(CamelContext context, Reload reload, LiveSettings settings, ChangeLog changes) {
        this.changes = changes;
        this.context = context;
        this.reload = reload;
        this.settings = settings;
    }

    @Override
    protected void doStart() {
        thread = context.getExecutorServiceManager().newSingleThreadScheduledExecutor(this, "settings-watch");
        seen = states(reload.files());
        PeriodicTask.start(thread, "the watch of the files", PERIOD, PERIOD, this::check);
    }

    void check() {
        try {
            reload.tidy();
            Map<Path, String> now = states(reload.files());
            if (!now.equals(seen) && settings.get().admin().watchFiles()) {
                seen = now;
                changes.filesLoaded(reload.reload());
            }
        } catch (InvalidSettingsException e) {
            LOG.debug("Refused on a change of the files, which the reload has logged", e);
        } catch (RuntimeException e) {
            LOG.error("The files on disk changed but could not be applied; the active settings, rules and event routes stay", e);
        }
    }

    /** Returns the state of each file, to detect changes. */
    private static Map<Path, String> states(List<Path> files) {
        Map<Path, String> result = new HashMap<>();
        for (Path file : files) {
            result.put(file, FileState.of(file));
        }
        return result;
    }

    @Override
    protected void doStop() {
        context.getExecutorServiceManager().shutdownNow(thread);
    }
}
