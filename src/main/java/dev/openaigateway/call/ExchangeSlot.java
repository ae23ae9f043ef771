package dev.openaigateway.call;

import org.apache.camel.Exchange;
import org.apache.camel.SafeCopyProperty;

/**
 * A value that the gateway keeps on an exchange. Routing rules cannot see it, because it is not an exchange property. Copies
 * of the exchange, such as those of a wire tap, share the value. As thread-safe as the exchange.
 *
 * @param <T> the type of the value
 */
public final class ExchangeSlot<T> {

    private record Shared(Object value) implements SafeCopyProperty {

        @Override
        public SafeCopyProperty safeCopy() {
            return this;
        }
    }

    private final String name;
    private final Class<T> type;

    public ExchangeSlot(Class<T> type) {
        this.name = type.getName();
        this.type = type;
    }

    /** Null if none was set. */
    public T get(Exchange exchange) {
        Shared shared = exchange.getExchangeExtension().getSafeCopyProperty(name, Shared.class);
        return shared == null ? null : type.cast(shared.value());
    }

    /** Sets the value of the exchange; null removes it. */
    public void set(Exchange exchange, T value) {
        exchange.getExchangeExtension().setSafeCopyProperty(name, value == null ? null : new Shared(value));
    }
}
