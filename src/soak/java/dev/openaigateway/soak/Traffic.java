package dev.openaigateway.soak;

import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.RawResponse;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Sends requests and checks how each ends: whole, or with an error the client can read. */
final class Traffic implements AutoCloseable {

    private static final int CLIENTS = 12;
    private static final int FLOOD_REQUESTS = 60;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final Kind[] MIXED = {Kind.CHAT, Kind.CHAT, Kind.CHAT, Kind.STREAM, Kind.STREAM, Kind.CANCELLED, Kind.CUT, Kind.FLAKY,
        Kind.FAILING, Kind.REFUSED, Kind.INVALID, Kind.UNKNOWN, Kind.WRONG_KEY, Kind.EMBEDDINGS, Kind.LARGE, Kind.LIMITED, Kind.LIMITED};

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final int port;
    private final Tally tally;
    private volatile int floods;

    Traffic(int port, Tally tally) {
        this.port = port;
        this.tally = tally;
    }

    /** Mixed traffic for the time, with a flood of large prompts at its end. Returns when each request has ended. */
    void round(int number, long seconds) throws InterruptedException, ExecutionException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        List<Future<?>> running = new ArrayList<>();
        for (int client = 0; client < CLIENTS; client++) {
            SplittableRandom random = new SplittableRandom(1000L * number + client);
            running.add(threads.submit(() -> mixed(random, end)));
        }
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(seconds) * 2 / 3);
        floods++;
        List<Future<?>> flood = new ArrayList<>();
        for (int request = 0; request < FLOOD_REQUESTS; request++) {
            flood.add(threads.submit(() -> send(Kind.FLOOD)));
        }
        running.addAll(flood);
        for (Future<?> each : running) {
            each.get();
        }
        floods++;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private void mixed(SplittableRandom random, long end) {
        while (System.nanoTime() < end) {
            send(MIXED[random.nextInt(MIXED.length)]);
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private void send(Kind kind) {
        int before = floods;
        try (RawClient client = RawClient.connect(port)) {
            client.request("POST", kind.path(), kind.body(), "Content-Type: application/json", "Authorization: Bearer " + kind.key());
            if (kind == Kind.CANCELLED) {
                int status = client.head().status();
                client.abort();
                check(kind, status, "", before);
                return;
            }
            RawResponse response = client.response();
            check(kind, response.status(), response.complete() ? response.text() : "incomplete", before);
        } catch (RuntimeException | AssertionError e) {
            tally.ended(kind, "no response");
            tally.defect(kind + " got no response: " + e);
        }
    }

    private void check(Kind kind, int status, String text, int floodsBefore) {
        boolean flooded = floodsBefore % 2 == 1 || floods % 2 == 1;
        tally.ended(kind, Integer.toString(status));
        if (!kind.allows(status, flooded) || kind != Kind.CANCELLED && !ended(kind, status, text)) {
            tally.defect(kind + " ended with " + status + " " + text.substring(Math.max(0, text.length() - 300)));
        }
    }

    private static boolean ended(Kind kind, int status, String text) {
        if (status != 200 || kind == Kind.CUT) {
            return text.contains("\"error\"");
        }
        return switch (kind) {
            case STREAM -> text.stripTrailing().endsWith("data: [DONE]");
            case EMBEDDINGS -> text.contains("\"embedding\"");
            default -> text.contains("\"choices\"");
        };
    }
}
