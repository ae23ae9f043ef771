package dev.openaigateway.admin;

import dev.openaigateway.throttle.LimitGauges;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/** Responds with all metrics in the text format of Prometheus. Thread-safe. */
public final class MetricsPage implements Processor {

    private final PrometheusMeterRegistry registry;
    private final LimitGauges limits;
    private final AvailabilityGauges availability;

    /** The gauges are refreshed before each page. */
    public MetricsPage(PrometheusMeterRegistry registry, LimitGauges limits, AvailabilityGauges availability) {
        this.registry = registry;
        this.availability = availability;
        this.limits = limits;
    }

    @Override
    public void process(Exchange exchange) {
        limits.refresh();
        availability.refresh();
        Message message = exchange.getMessage();
        message.getHeaders().clear();
        message.setHeader(Exchange.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8");
        message.setBody(registry.scrape());
    }
}
