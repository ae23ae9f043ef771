package dev.openaigateway.events;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

import java.util.Locale;

/** Writes an alert to the log, as a warning unless it reports what an administrator did. */
public final class WriteAlert implements Processor {

    private static final Logger LOG = LoggerFactory.getLogger("alert");

    @Override
    public void process(Exchange exchange) {
        Alert alert = exchange.getProperty(Events.EVENT, Alert.class);
        LoggingEventBuilder line = LOG.atLevel(alert.kind() == Alert.Kind.ADMIN_CHANGE ? Level.INFO : Level.WARN).addKeyValue("kind", alert.kind().name().toLowerCase(Locale.ROOT));
        if (alert.instance() != null) {
            line = line.addKeyValue("instance", alert.instance());
        }
        line.log(alert.message());
    }
}
