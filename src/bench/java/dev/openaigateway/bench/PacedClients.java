package dev.openaigateway.bench;

import org.HdrHistogram.Histogram;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** The clients of ten thousand streams on one thread, without a library, in a process of their own. Prints a {@link PacedResult}. */
final class PacedClients {

    private static final byte[] STAMP = "\"content\":\"t".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DONE = Chat.DONE.getBytes(StandardCharsets.US_ASCII);
    private static final int DIGITS = 16;
    private static final long GRACE_MILLIS = 40_000;
    private static final double MICROS = 1_000;
    private static final int LONGEST_REASON = 300;

    private static final class Stream {

        private byte[] rest = new byte[0];
        private int events;
        private boolean done;
        private String first = "";
    }

    private final Selector selector = Selector.open();
    private final ByteBuffer in = ByteBuffer.allocateDirect(64 * 1024);
    private final Histogram late = new Histogram(100_000_000L, 3);
    private final Map<String, Integer> failures = new TreeMap<>();
    private final InetSocketAddress target;
    private final byte[] request;
    private final int events;
    private int running;
    private int completed;

    private PacedClients(int port, int events, int every) throws IOException {
        this.target = new InetSocketAddress("127.0.0.1", port);
        this.events = events;
        String body = Chat.streamRequest(events, Duration.ofMillis(every));
        this.request = ("POST " + Chat.PATH + " HTTP/1.1\r\nhost: bench\r\nauthorization: Bearer " + Chat.KEY
                + "\r\ncontent-type: application/json\r\ncontent-length: " + body.length() + "\r\n\r\n" + body).getBytes(StandardCharsets.US_ASCII);
    }

    /** Arguments: port, streams, events, milliseconds between events, milliseconds to open all streams. */
    public static void main(String[] args) throws IOException {
        int[] numbers = Arrays.stream(args).mapToInt(Integer::parseInt).toArray();
        new PacedClients(numbers[0], numbers[2], numbers[3]).run(numbers[1], numbers[4], numbers[2] * numbers[3]);
    }

    private void run(int streams, long rampMillis, long length) throws IOException {
        long begin = System.nanoTime() / 1_000_000;
        long end = begin + rampMillis + length + GRACE_MILLIS;
        int opened = 0;
        while (opened < streams || running > 0 && System.nanoTime() / 1_000_000 < end) {
            long due = Math.min(streams, streams * (System.nanoTime() / 1_000_000 - begin) / rampMillis + 1);
            for (; opened < due; opened++) {
                open();
            }
            selector.select(this::ready, 1);
        }
        for (SelectionKey key : selector.keys()) {
            if (key.isValid()) {
                Stream stream = (Stream) key.attachment();
                failed("timeout after " + stream.events + " events " + stream.first);
            }
        }
        System.out.println(new PacedResult(completed, late.getTotalCount(), (long) streams * events - late.getTotalCount(),
                late.getValueAtPercentile(50) / MICROS, late.getValueAtPercentile(99) / MICROS, failures.isEmpty() ? "" : failures.toString()).line());
    }

    private void open() throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        running++;
        boolean connected = channel.connect(target);
        channel.register(selector, connected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, new Stream());
        if (connected) {
            channel.write(ByteBuffer.wrap(request));
        }
    }

    private void ready(SelectionKey key) {
        SocketChannel channel = (SocketChannel) key.channel();
        Stream stream = (Stream) key.attachment();
        try {
            if (key.isConnectable()) {
                channel.finishConnect();
                key.interestOps(SelectionKey.OP_READ);
                channel.write(ByteBuffer.wrap(request));
                return;
            }
            in.clear();
            int read = channel.read(in);
            if (read > 0) {
                byte[] bytes = new byte[stream.rest.length + read];
                System.arraycopy(stream.rest, 0, bytes, 0, stream.rest.length);
                in.flip().get(bytes, stream.rest.length, read);
                see(stream, bytes);
            }
            if (stream.done || read < 0) {
                close(key, stream.done ? null : "closed after " + stream.events + " events " + stream.first);
            }
        } catch (IOException e) {
            try {
                close(key, e + " after " + stream.events + " events");
            } catch (IOException closing) {
                throw new UncheckedIOException(closing);
            }
        }
    }

    private void close(SelectionKey key, String failure) throws IOException {
        key.channel().close();
        running--;
        if (failure == null) {
            completed++;
        } else {
            failed(failure);
        }
    }

    private void failed(String why) {
        failures.merge(why.substring(0, Math.min(LONGEST_REASON, why.length())), 1, Integer::sum);
    }

    private void see(Stream stream, byte[] bytes) {
        long now = Clock.micros();
        int from = 0;
        for (int at = 0; at < bytes.length; at++) {
            if (bytes[at] == '"' && starts(bytes, at, STAMP) && at + STAMP.length + DIGITS <= bytes.length) {
                long stamp = 0;
                for (int i = 0; i < DIGITS; i++) {
                    stamp = stamp * 10 + bytes[at + STAMP.length + i] - '0';
                }
                late.recordValue(Math.max(0, Math.min(now - stamp, late.getHighestTrackableValue())));
                stream.events++;
                from = at + STAMP.length + DIGITS;
                at = from - 1;
            } else if (bytes[at] == 'd' && starts(bytes, at, DONE)) {
                stream.done = true;
                from = at + DONE.length;
            }
        }
        if (stream.events == 0 && !stream.done && stream.first.isEmpty()) {
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            stream.first = text.startsWith("HTTP/1.1 200") ? "" : text.replaceAll("\\s+", " ");
        }
        from = Math.max(from, bytes.length - STAMP.length - DIGITS);
        stream.rest = Arrays.copyOfRange(bytes, from, bytes.length);
        if (stream.done && stream.events < events) {
            failed("done after " + stream.events + " events");
        }
    }

    private static boolean starts(byte[] bytes, int at, byte[] text) {
        return bytes.length - at >= text.length && Arrays.equals(bytes, at, at + text.length, text, 0, text.length);
    }
}
