package dev.openaigateway.explain;

import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.spi.WrapAwareProcessor;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/** A step of a rule that has a {@link ResponseEffect} beside what Camel does. Thread-safe. */
final class ResponseStep extends DelegateAsyncProcessor implements WrapAwareProcessor {

    private final Processor step;
    private final ResponseEffect effect;

    private ResponseStep(Processor step, ResponseEffect effect) {
        super(step);
        this.step = step;
        this.effect = effect;
    }

    /** The processor of the step as it is, if it has no such effect. */
    static Processor of(ProcessorDefinition<?> step, Processor processor) {
        ResponseEffect effect = ResponseEffect.of(step);
        return effect == null ? processor : new ResponseStep(processor, effect);
    }

    @Override
    public Processor getWrapped() {
        return step;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        Runnable after = effect.before(exchange);
        return processor.process(exchange, doneSync -> {
            try {
                after.run();
            } catch (RuntimeException e) {
                // Such as a header value that has no text. Without the callback the request would never end.
                exchange.setException(exchange.getException() == null ? e : exchange.getException());
            }
            callback.done(doneSync);
        });
    }
}
