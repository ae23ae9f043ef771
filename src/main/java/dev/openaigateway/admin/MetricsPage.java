package dev.openaigateway.admin;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/** Responds with all metrics in the text format of Prometheus. Thread-safe. */
public final class MetricsPage implements Processor {

    private final PrometheusMeterRegistry registry;
    private final Runnable before;

    /** @param before called before each scrape; binds meters that are bound late */
    public MetricsPage(PrometheusMeterRegistry registry, Runnable before) {
        this.registry = registry;
        this.before = before;
    }

    @Override
    public void process(Exchange exchange) {
        before.run();
        Message message = exchange.getMessage();
        message.getHeaders().clear();
        message.setHeader(Exchange.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8");
        message.setBody(registry.scrape());
    }
}
