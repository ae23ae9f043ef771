package dev.openaigateway.upstream;

import org.apache.hc.client5.http.io.DetachedSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.Proxy;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The sockets to all upstreams, and the read timeouts of those. Thread-safe. */
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

    /** Sockets that were made and not closed. */
    public int open() {
        return open.size();
    }

    /** Cuts reads that wait longer than their socket's timeout. Called now and then, from another thread than those. */
    public void cutLate(long nowNanos) {
        for (TimedSocket socket : open) {
            try {
                socket.cutIfLate(nowNanos);
            } catch (IOException e) {
                LOG.debug("A socket did not close", e);
            }
        }
    }
}
