package dev.openaigateway.upstream.connection;

import org.apache.hc.client5.http.io.DetachedSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.Proxy;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Creates the sockets to all upstreams and enforces their read timeouts. Thread-safe. */
public final class TimedSockets implements DetachedSocketFactory {

    private static final Logger LOG = LoggerFactory.getLogger(TimedSockets.class);

    private final Set<TimedSocket> open = ConcurrentHashMap.newKeySet();

    @Override
    public Socket create(Proxy proxy) {
        if (proxy != null) {
            return new Socket(proxy);
        }
        TimedSocket socket = new TimedSocket(open::remove);
        open.add(socket);
        return socket;
    }

    /** Returns the number of sockets created and not closed. */
    public int open() {
        return open.size();
    }

    /** Closes the sockets whose reads exceed the timeout. Called periodically, from a thread that does not read. */
    public void closeOverdue(long nowNanos) {
        for (TimedSocket socket : open) {
            try {
                socket.closeIfOverdue(nowNanos);
            } catch (IOException e) {
                LOG.debug("A socket did not close", e);
            }
        }
    }
}
