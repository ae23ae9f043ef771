package dev.openaigateway.events;

import dev.openaigateway.stats.UsageRecord;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Writes one line per completed request to the logger {@value #NAME}. {@code %m} in a pattern renders {@code key=value}
 * pairs; the {@code map} resolver of the JSON layout renders typed fields. Thread-safe.
 */
public final class AccessLog {

    /** The logger's name, for a logging configuration that sends the lines elsewhere. */
    public static final String NAME = "access";

    private static final Logger LOG = LogManager.getLogger(NAME);

    public void write(UsageRecord usage) {
        if (LOG.isInfoEnabled()) {
            LOG.info(new AccessLine(usage));
        }
    }
}
