package dev.openaigateway.support;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

/** One accepted connection: one thread reads requests and notices that the peer left, another answers in order. */
final class UpstreamConnection {

    /** A request and the reply that was queued when it came, or null. */
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
        responding.setName("scripted-upstream-answer-" + number);
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
        // Before the reply hears of it, as a stalled one then ends the line by itself.
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
            // The reading thread sees the peer leave, and records it.
            gone.countDown();
        }
    }

    /** The answer counts as whole before its last bytes go out, as the peer may close on seeing them. */
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
