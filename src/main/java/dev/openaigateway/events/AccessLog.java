package dev.openaigateway.events;

import dev.openaigateway.stats.UsageRecord;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Writes one line per finished request, to the logger {@value #NAME}. A pattern's {@code %m} shows {@code key=value}
 * pairs; the JSON layout's {@code map} resolver shows fields of their own, numbers as numbers.
 */
public final class AccessLog {

    /** The logger's name, for settings that send the lines elsewhere. */
    public static final String NAME = "access";

    private static final Logger LOG = LogManager.getLogger(NAME);

    public void write(UsageRecord usage) {
        if (LOG.isInfoEnabled()) {
            LOG.info(new AccessLine(usage));
        }
    }
}
