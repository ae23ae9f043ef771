package dev.openaigateway.explain;

import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeExtension;
import org.apache.camel.Processor;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.spi.WrapAwareProcessor;
import org.apache.camel.support.LoggerHelper;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/** A step behind those of an {@code intercept}. Camel names the step before them, and no step any more once they have ended. Thread-safe. */
final class NamedStep extends DelegateAsyncProcessor implements WrapAwareProcessor {

    private final Processor step;
    private final String id;
    private final String label;
    private final String source;

    NamedStep(ProcessorDefinition<?> definition, Processor step) {
        super(step);
        this.step = step;
        this.id = definition.getId();
        this.label = definition.getLabel();
        this.source = LoggerHelper.getLineNumberLoggerName(definition);
    }

    @Override
    public Processor getWrapped() {
        return step;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        ExchangeExtension history = exchange.getExchangeExtension();
        history.setHistoryNodeId(id);
        history.setHistoryNodeLabel(label);
        history.setHistoryNodeSource(source);
        return processor.process(exchange, callback);
    }
}
