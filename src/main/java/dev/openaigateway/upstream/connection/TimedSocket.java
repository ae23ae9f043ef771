package dev.openaigateway.upstream.connection;

import jdk.net.ExtendedSocketOptions;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * A socket whose read timeouts of a second or more are enforced by a periodic check of all sockets. A read with the
 * system's timeout costs three system calls instead of one, and on a virtual thread a timer that is set and cancelled.
 * Shorter timeouts use the system's. Shown by the benchmark row "CPU per request".
 */
final class TimedSocket extends Socket {

    /** The shortest timeout for which a periodic check is precise enough. */
    static final Duration LONG = Duration.ofSeconds(1);

    private static final boolean ACKNOWLEDGES = acknowledges();

    private final Consumer<TimedSocket> closed;
    private InputStream input;
    private TlsRecords records;
    private volatile int timeoutMillis;
    private int leftToSystem;
    private volatile long readingSince;
    private volatile boolean overdue;
    private volatile long lastRead;

    /** @param closed called when the socket closes */
    TimedSocket(Consumer<TimedSocket> closed) {
        this.closed = closed;
    }

    @Override
    public void setSoTimeout(int millis) throws SocketException {
        int left = millis < LONG.toMillis() ? millis : 0;
        if (left != leftToSystem) {
            super.setSoTimeout(left);
            leftToSystem = left;
        }
        timeoutMillis = millis;
    }

    @Override
    public int getSoTimeout() {
        return timeoutMillis;
    }

    /** Closes the socket if a read exceeds the timeout. Called periodically from another thread. */
    void closeIfOverdue(long nowNanos) throws IOException {
        long since = readingSince;
        if (since != 0 && timeoutMillis >= LONG.toMillis() && nowNanos - since > timeoutMillis * 1_000_000L) {
            overdue = true;
            close();
        }
    }

    /**
     * Makes the system acknowledge received bytes at once, instead of with the next bytes sent. Until then a peer may hold
     * back further bytes (Nagle's algorithm). Does nothing if the system does not support TCP_QUICKACK.
     */
    void acknowledge() {
        try {
            if (ACKNOWLEDGES) {
                setOption(ExtendedSocketOptions.TCP_QUICKACK, true);
            }
        } catch (IOException ignored) {
            // The socket is closed, so there is nothing to acknowledge.
            return;
        }
    }

    private static boolean acknowledges() {
        try (Socket any = new Socket()) {
            return any.supportedOptions().contains(ExtendedSocketOptions.TCP_QUICKACK);
        } catch (IOException e) {
            return false;
        }
    }

    /** When bytes last arrived, on the clock of {@link System#nanoTime}; 0 if none have. */
    long lastReadNanos() {
        return lastRead;
    }

    /** Starts tracking TLS records. Call between two records, before the first tracked one is read. */
    void followRecords() {
        records = new TlsRecords();
    }

    /** Returns whether a record was read only in part; false unless records are tracked. For the reading thread only. */
    boolean insideRecord() {
        return records != null && records.inside();
    }

    @Override
    public synchronized InputStream getInputStream() throws IOException {
        if (input == null) {
            input = new Timed(super.getInputStream());
        }
        return input;
    }

    @Override
    public void close() throws IOException {
        closed.accept(this);
        super.close();
    }

    private final class Timed extends FilterInputStream {

        Timed(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            readingSince = System.nanoTime() | 1;
            try {
                int read = in.read(bytes, offset, length);
                if (read > 0) {
                    lastRead = System.nanoTime() | 1;
                }
                if (records != null && read > 0) {
                    records.read(bytes, offset, read);
                }
                return read;
            } catch (IOException e) {
                if (overdue) {
                    throw new SocketTimeoutException("Read timed out");
                }
                throw e;
            } finally {
                readingSince = 0;
            }
        }

        /** Closes the socket, as the wrapped stream would, so that it is no longer checked. */
        @Override
        public void close() throws IOException {
            TimedSocket.this.close();
        }
    }
}
