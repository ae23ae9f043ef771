package dev.openaigateway.request;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.openaigateway.call.Call;

import java.util.function.ToLongFunction;

/** A number about a request, computed once, when a rule first reads it. Thread-safe. */
final class LazyNumber extends Number {

    private final transient Call call;
    private final transient ToLongFunction<Call> source;
    private long value;
    private boolean known;

    LazyNumber(Call call, ToLongFunction<Call> source) {
        this.call = call;
        this.source = source;
    }

    /** In JSON it is a whole number, too. */
    @Override
    @JsonValue
    public synchronized long longValue() {
        if (!known) {
            value = source.applyAsLong(call);
            known = true;
        }
        return value;
    }

    @Override
    public int intValue() {
        return (int) Math.min(Integer.MAX_VALUE, longValue());
    }

    @Override
    public float floatValue() {
        return longValue();
    }

    @Override
    public double doubleValue() {
        return longValue();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LazyNumber number && longValue() == number.longValue();
    }

    @Override
    public int hashCode() {
        return Long.hashCode(longValue());
    }

    @Override
    public String toString() {
        return Long.toString(longValue());
    }
}
