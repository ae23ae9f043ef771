package dev.openaigateway.support;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

/** One accepted connection. One thread reads requests and detects a disconnect, another responds in order. */
final class UpstreamConnection {

    /** @param queued the reply that was taken from the queue when the request arrived, or null */
    private record Received(RecordedRequest request, Reply queued) {
    }

    private final long number;
    private final Socket socket;
    private final ScriptedUpstream upstream;
    private final BlockingQueue<Received> withoutResponse = new LinkedBlockingQueue<>();
    private final CountDownLatch gone = new CountDownLatch(1);
    private final Line line;
    private final Thread responding = new Thread(this::respond);
    private final Queue<RecordedRequest> open = new ArrayDeque<>();
    private volatile boolean dropped;

    UpstreamConnection(long number, Socket socket, ScriptedUpstream upstream) {
        this.number = number;
        this.socket = socket;
        this.upstream = upstream;
        this.line = new Line(socket, gone, upstream.sent());
    }

    void start() {
        Thread reading = new Thread(this::read, "scripted-upstream-read-" + number);
        reading.setDaemon(true);
        responding.setName("scripted-upstream-respond-" + number);
        responding.setDaemon(true);
        reading.start();
        responding.start();
    }

    void close() throws IOException {
        dropped = true;
        socket.close();
        responding.interrupt();
    }

    private void read() {
        try {
            HttpInput input = new HttpInput(new BufferedInputStream(socket.getInputStream()));
            for (HttpInput.Head head = input.head(); head != null; head = input.head()) {
                String[] start = head.startLine().split(" ", 3);
                byte[] body = input.requestBody(head.headers()).readAllBytes();
                RecordedRequest request = new RecordedRequest(number, start[0], start[1], start[2], head.headers(), body,
                        System.nanoTime());
                begin(request);
                Received received = new Received(request, upstream.nextQueued());
                upstream.record(request);
                withoutResponse.add(received);
            }
        } catch (IOException | RuntimeException e) {
            upstream.unreadable(e, line.ended());
        }
        peerGone();
    }

    private synchronized void peerGone() {
        // Recorded before the reply is notified, because a stalled reply then ends the line itself.
        if (!line.ended() && !dropped) {
            open.forEach(this::aborted);
        }
        gone.countDown();
        responding.interrupt();
        upstream.closed(this);
    }

    private void respond() {
        try (socket) {
            while (!line.ended()) {
                Received next = withoutResponse.take();
                Reply reply = next.queued() != null ? next.queued() : upstream.defaultReply(next.request());
                reply.writeTo(line, next.request());
                if (!line.ended()) {
                    finish(next.request());
                }
            }
        } catch (InterruptedException | IOException e) {
            // The reading thread detects the disconnect and records it.
            gone.countDown();
        }
    }

    /** Counts the response as whole before its last bytes are sent, because the peer may close when it receives them. */
    private void finish(RecordedRequest request) throws IOException {
        end();
        try {
            line.flush();
        } catch (IOException e) {
            aborted(request);
            throw e;
        }
        if (request.lastOnConnection()) {
            line.close();
        }
    }

    private void aborted(RecordedRequest request) {
        upstream.record(new Abort(request, System.nanoTime()));
    }

    private synchronized void begin(RecordedRequest request) {
        open.add(request);
    }

    private synchronized void end() {
        open.remove();
    }
}
