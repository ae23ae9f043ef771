package dev.openaigateway.support;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Records when each piece arrived from the network. To be read through a buffer. */
final class TimedInput extends FilterInputStream {

    private final Recording<Arrival> arrivals = new Recording<>("reads");
    private volatile long lastNanos;

    TimedInput(InputStream in) {
        super(in);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int count = super.read(into, offset, length);
        if (count > 0) {
            lastNanos = System.nanoTime();
            arrivals.add(new Arrival(lastNanos, count));
        }
        return count;
    }

    Recording<Arrival> arrivals() {
        return arrivals;
    }

    long lastNanos() {
        return lastNanos;
    }
}
