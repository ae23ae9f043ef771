package dev.openaigateway.log.root;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The logger of what concerns the gateway as a whole, such as its start and its settings. Its name is above those of all classes. Thread-safe. */
public final class GatewayLog {

    public static final Logger LOG = LoggerFactory.getLogger("dev.openaigateway");

    private GatewayLog() {
    }
}
