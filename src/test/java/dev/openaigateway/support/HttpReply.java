package dev.openaigateway.support;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** A complete response with correct framing, and ways to break it. Immutable: each method returns a changed copy. */
public final class HttpReply implements Reply {

    private enum End { WHOLE, CLOSE, RESET, STALL }

    private final int status;
    private final Headers headers;
    private final byte[] body;
    private final int chunkSize;
    private final Duration delay;
    private final Duration perHeadByte;
    private final End end;
    private final int endAfter;

    HttpReply(int status, String contentType, byte[] body) {
        this(status, new Headers(List.of(new Header("Content-Type", contentType))), body, 0, Duration.ZERO,
                Duration.ZERO, End.WHOLE, body.length);
    }

    private HttpReply(int status, Headers headers, byte[] body, int chunkSize, Duration delay, Duration perHeadByte,
                      End end, int endAfter) {
        this.status = status;
        this.headers = headers;
        this.body = body;
        this.chunkSize = chunkSize;
        this.delay = delay;
        this.perHeadByte = perHeadByte;
        this.end = end;
        this.endAfter = endAfter;
    }

    public HttpReply header(String name, String value) {
        return new HttpReply(status, headers.with(name, value), body, chunkSize, delay, perHeadByte, end, endAfter);
    }

    /** Sends the body in chunks of that many bytes instead of with a Content-Length. */
    public HttpReply chunked(int bytes) {
        return new HttpReply(status, headers, body, bytes, delay, perHeadByte, end, endAfter);
    }

    /** Compresses the body. Call it before any method that cuts the body. */
    public HttpReply gzip() {
        byte[] zipped = zip(body);
        return new HttpReply(status, headers.with("Content-Encoding", "gzip"), zipped, chunkSize, delay, perHeadByte,
                end, zipped.length);
    }

    /** Waits before the first byte. */
    public HttpReply after(Duration time) {
        return new HttpReply(status, headers, body, chunkSize, time, perHeadByte, end, endAfter);
    }

    /** Sends the head one byte at a time. */
    public HttpReply slowHead(Duration perByte) {
        return new HttpReply(status, headers, body, chunkSize, delay, perByte, end, endAfter);
    }

    /** Closes the connection after that many bytes of the body. */
    public HttpReply closeAfter(int bytes) {
        return ending(End.CLOSE, bytes);
    }

    public HttpReply resetAfter(int bytes) {
        return ending(End.RESET, bytes);
    }

    public HttpReply stallAfter(int bytes) {
        return ending(End.STALL, bytes);
    }

    /** Closes the connection in the middle of the body. */
    public HttpReply half() {
        return closeAfter(body.length / 2);
    }

    private HttpReply ending(End how, int bytes) {
        return new HttpReply(status, headers, body, chunkSize, delay, perHeadByte, how, Math.min(bytes, body.length));
    }

    @Override
    public void writeTo(Line line, RecordedRequest request) throws IOException, InterruptedException {
        line.pause(delay);
        writeHead(line);
        writeBody(line);
        switch (end) {
            case CLOSE -> line.close();
            case RESET -> line.reset();
            case STALL -> line.stall();
            case WHOLE -> {
                if (chunkSize > 0) {
                    line.lastChunk();
                }
            }
        }
    }

    private void writeHead(Line line) throws IOException, InterruptedException {
        Headers framed = chunkSize > 0
                ? headers.with("Transfer-Encoding", "chunked")
                : headers.with("Content-Length", Integer.toString(body.length));
        if (perHeadByte.isZero()) {
            line.head(status, framed);
            return;
        }
        StringBuilder text = new StringBuilder("HTTP/1.1 " + status + " Scripted\r\n");
        framed.lines().forEach(header -> text.append(header.name()).append(": ").append(header.value()).append("\r\n"));
        for (byte one : text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1)) {
            line.write(new byte[] {one}).flush();
            line.pause(perHeadByte);
        }
    }

    private void writeBody(Line line) {
        if (chunkSize == 0) {
            line.write(Arrays.copyOf(body, endAfter));
            return;
        }
        for (int from = 0; from < endAfter; from += chunkSize) {
            line.chunk(Arrays.copyOfRange(body, from, Math.min(from + chunkSize, endAfter)));
        }
    }

    private static byte[] zip(byte[] plain) {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return zipped.toByteArray();
    }
}
