package dev.openaigateway.support;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The sending side of one connection, for a {@link Reply}. Bytes are buffered until {@link #flush}; the rest is flushed at the
 * end of the reply.
 */
public final class Line {

    private final Socket socket;
    private final CountDownLatch gone;
    private final AtomicLong sent;
    private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();
    private volatile boolean ended;

    Line(Socket socket, CountDownLatch gone, AtomicLong sent) {
        this.socket = socket;
        this.gone = gone;
        this.sent = sent;
    }

    public Line write(byte[] bytes) {
        waiting.writeBytes(bytes);
        return this;
    }

    public Line write(String latin) {
        return write(latin.getBytes(StandardCharsets.ISO_8859_1));
    }

    public Line head(int status, Headers headers) {
        write("HTTP/1.1 " + status + " Scripted\r\n");
        headers.lines().forEach(line -> write(line.name() + ": " + line.value() + "\r\n"));
        return write("\r\n");
    }

    public Line chunk(byte[] bytes) {
        return write(Integer.toHexString(bytes.length) + "\r\n").write(bytes).write("\r\n");
    }

    public Line lastChunk() {
        return write("0\r\n\r\n");
    }

    public void flush() throws IOException {
        byte[] bytes = waiting.toByteArray();
        waiting.reset();
        socket.getOutputStream().write(bytes);
        sent.addAndGet(bytes.length);
    }

    /** Waits for the given time, or until the peer disconnects. */
    public void pause(Duration time) throws InterruptedException {
        gone.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Sends nothing more and keeps the connection open until the peer disconnects. */
    public void stall() throws IOException, InterruptedException {
        flush();
        gone.await();
        close();
    }

    /** Flushes, then closes the connection (FIN). */
    public void close() throws IOException {
        flush();
        ended = true;
        socket.close();
    }

    /** Flushes, then resets the connection (RST). */
    public void reset() throws IOException {
        flush();
        ended = true;
        socket.setSoLinger(true, 0);
        socket.close();
    }

    boolean ended() {
        return ended;
    }
}
