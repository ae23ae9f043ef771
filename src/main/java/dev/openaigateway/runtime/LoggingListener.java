package dev.openaigateway.runtime;

import dev.openaigateway.routing.FailureReason;
import dev.openaigateway.routing.Instance;
import dev.openaigateway.routing.InstanceListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;

/** Writes to the log what happens to instances. */
final class LoggingListener implements InstanceListener {

    private static final Logger LOG = LoggerFactory.getLogger("dev.openaigateway.instances");

    @Override
    public void badKey(Instance instance, int status) {
        LOG.atWarn().addKeyValue("instance", instance.name()).log("Instance '{}' refuses its key ({})", instance.name(), status);
    }

    @Override
    public void benched(Instance instance, Duration time, FailureReason reason) {
        LOG.atInfo().addKeyValue("instance", instance.name())
                .log("Instance '{}' {} and is left alone for {} ms", instance.name(), reason.text(), time.toMillis());
    }

    @Override
    public void noneLeft(String model) {
        LOG.atDebug().log("No instance could take a request for '{}'", model);
    }
}
