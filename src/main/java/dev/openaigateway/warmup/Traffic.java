package dev.openaigateway.warmup;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/** Chats, streams and wrong requests of some clients at the same time, until the gateway is fast. */
final class Traffic {

    /** More clients would only wait for the processors, which the compiler needs too. */
    static final int CLIENTS = 2;

    private static final String MODEL = "gpt-4o";
    /** The median of chats that compiled code reaches on one core. */
    private static final long FAST_NANOS = 1_000_000;
    private static final int CHECK_EVERY = 8;
    private static final int WRONG_EVERY = 10;

    private final int port;
    private final String key;
    private final Duration longest;
    private final BooleanSupplier wanted;
    private final Pace pace = new Pace(FAST_NANOS);
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    /**
     * @param port    of a gateway on the loopback address that serves {@value #MODEL}
     * @param key     the key of a client
     * @param longest the time after which no further request is sent
     * @param wanted  asked often; false ends the traffic
     */
    Traffic(int port, String key, Duration longest, BooleanSupplier wanted) {
        this.port = port;
        this.key = key;
        this.longest = longest;
        this.wanted = wanted;
    }

    /**
     * Returns when chats are fast, when the time is up, or when the traffic is no longer wanted.
     *
     * @throws IOException if a response is not the expected one
     */
    void run() throws IOException, InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            Thread client = new Thread(() -> client(end), "loopback-client");
            client.setDaemon(true);
            client.start();
            clients.add(client);
        }
        for (Thread client : clients) {
            client.join();
        }
        if (failure.get() != null) {
            throw new IOException(failure.get().getMessage(), failure.get());
        }
    }

    /** The number of chats so far. */
    int chats() {
        return pace.calls();
    }

    private void client(long end) {
        try (LoopbackClient client = new LoopbackClient(port, longest)) {
            for (int round = 1; goesOn(end, round); round++) {
                round(client, round);
            }
        } catch (SocketTimeoutException slow) {
            // Other processes use the processors, and the time is up.
        } catch (IOException | RuntimeException e) {
            failure.compareAndSet(null, e);
        }
    }

    private boolean goesOn(long end, int round) {
        return System.nanoTime() - end < 0 && failure.get() == null && wanted.getAsBoolean() && !(round % CHECK_EVERY == 0 && pace.isFast());
    }

    private void round(LoopbackClient client, int round) throws IOException {
        long begin = System.nanoTime();
        client.chat(key, MODEL, false, 200);
        pace.took(System.nanoTime() - begin);
        client.chat(key, MODEL, true, 200);
        if (round % WRONG_EVERY == 0) {
            client.chat(key, "unknown", false, 404);
            client.send(key, "{", 400);
        }
    }
}
