package dev.openaigateway.support;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;

/**
 * An HTTP client on one socket. It sends exactly the given bytes and reads step by step, so that a test controls the
 * bytes on the wire and sees when they arrive. Reads time out after {@link Eventually#TIMEOUT} unless {@link #readTimeout} is
 * called. For one thread.
 */
public final class RawClient implements AutoCloseable {

    private final Socket socket;
    private final TimedInput timed;
    private final InputStream in;
    private final HttpInput http;
    private InputStream body = InputStream.nullInputStream();
    private RawResponse head;

    private RawClient(Socket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout((int) Eventually.TIMEOUT.toMillis());
        timed = new TimedInput(socket.getInputStream());
        in = new BufferedInputStream(timed);
        http = new HttpInput(in);
    }

    public static RawClient connect(int port) {
        return connect(port, 0);
    }

    /** Connects with a receive buffer of about that many bytes, so that the sender soon blocks if the client does not read. */
    public static RawClient connect(int port, int receiveBuffer) {
        return doing(() -> {
            Socket socket = new Socket();
            if (receiveBuffer > 0) {
                socket.setReceiveBufferSize(receiveBuffer);
            }
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return new RawClient(socket);
        });
    }

    /** Connects over TLS. */
    public static RawClient connect(int port, SSLContext tls) {
        return doing(() -> new RawClient(tls.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)));
    }

    public RawClient readTimeout(Duration timeout) {
        return doing(() -> {
            socket.setSoTimeout((int) timeout.toMillis());
            return this;
        });
    }

    public RawClient send(byte[] bytes) {
        return doing(() -> {
            socket.getOutputStream().write(bytes);
            return this;
        });
    }

    /** Sends text in UTF-8. */
    public RawClient send(String text) {
        return send(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends a complete, valid POST of JSON. Header lines have the form {@code "name: value"}. */
    public RawClient post(String target, String json, String... headerLines) {
        return request("POST", target, json.getBytes(StandardCharsets.UTF_8), headerLines);
    }

    public RawClient get(String target, String... headerLines) {
        return request("GET", target, new byte[0], headerLines);
    }

    /** Sends a complete, valid request. The content type is JSON unless a header line sets another. */
    public RawClient request(String method, String target, byte[] content, String... headerLines) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        StringBuilder text = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n");
        List<String> lines = List.of(headerLines);
        lines.forEach(line -> text.append(line).append("\r\n"));
        if (content.length > 0 || method.equals("POST") || method.equals("PUT")) {
            if (lines.stream().noneMatch(line -> line.toLowerCase().startsWith("content-type:"))) {
                text.append("Content-Type: application/json\r\n");
            }
            text.append("Content-Length: ").append(content.length).append("\r\n");
        }
        bytes.writeBytes(text.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(content);
        return send(bytes.toByteArray());
    }

    /** Reads the head of the next response. {@link #event}, {@link #read} or {@link #response} reads the body. */
    public RawResponse head() {
        return doing(() -> {
            HttpInput.Head read = http.head();
            if (read == null) {
                throw new EOFException("closed before a response");
            }
            int status = Integer.parseInt(read.startLine().split(" ")[1]);
            head = new RawResponse(status, read.headers(), new byte[0], false, timed.lastNanos());
            body = http.responseBody(status, read.headers());
            return head;
        });
    }

    /** Reads a whole response: the one whose head was already read, otherwise the next. */
    public RawResponse response() {
        RawResponse begun = head != null ? head : head();
        head = null;
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        boolean complete = doing(() -> drainTo(content));
        return new RawResponse(begun.status(), begun.headers(), content.toByteArray(), complete, begun.headNanos());
    }

    private boolean drainTo(ByteArrayOutputStream content) throws IOException {
        byte[] piece = new byte[8192];
        try {
            for (int count = body.read(piece); count >= 0; count = body.read(piece)) {
                content.write(piece, 0, count);
            }
            return true;
        } catch (EOFException | SocketException e) {
            return false;
        }
    }

    /** Reads the next event; null at the correct end of the body. The cause is an {@link EOFException} if the body is cut. */
    public SseEvent event() {
        return doing(() -> {
            ByteArrayOutputStream raw = new ByteArrayOutputStream();
            int lineLength = 0;
            for (int next = body.read(); next >= 0; next = body.read()) {
                raw.write(next);
                if (next == '\n' && lineLength == 0) {
                    return event(raw);
                }
                lineLength = next == '\n' ? 0 : lineLength + (next == '\r' ? 0 : 1);
            }
            head = null;
            return raw.size() == 0 ? null : event(raw);
        });
    }

    private SseEvent event(ByteArrayOutputStream raw) {
        return new SseEvent(raw.toString(StandardCharsets.UTF_8), timed.lastNanos());
    }

    /** Reads that many bytes of the body; fewer only at its end. */
    public byte[] read(int bytes) {
        return doing(() -> body.readNBytes(bytes));
    }

    /** Whether the peer closes or resets the connection within the read timeout, with nothing left to read. */
    public boolean closedByPeer() {
        try {
            return in.read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /** All reads from the network so far. */
    public List<Arrival> arrivals() {
        return timed.arrivals().seen();
    }

    /** Sends FIN. The client can still read. */
    public void halfClose() {
        doing(() -> {
            socket.shutdownOutput();
            return null;
        });
    }

    /** Resets the connection. */
    public void abort() {
        doing(() -> {
            socket.setSoLinger(true, 0);
            socket.close();
            return null;
        });
    }

    @Override
    public void close() {
        doing(() -> {
            socket.close();
            return null;
        });
    }

    @FunctionalInterface
    private interface Doing<T> {
        T run() throws IOException;
    }

    private static <T> T doing(Doing<T> step) {
        try {
            return step.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
