package dev.openaigateway.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An upstream of ten thousand streams on one thread, without a library, so that it takes little of the cores it shares with the gateway.
 * Each stream has the number of events and the interval that its request asks for. A body must arrive whole.
 */
final class PacedUpstream {

    private static final int WHEEL = 4096;
    private static final Pattern EVENTS = Pattern.compile("\"bench_events\":(\\d+)");
    private static final Pattern EVERY = Pattern.compile("\"bench_every_ms\":(\\d+)");
    private static final String HEAD = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n";

    private static final class Stream {

        private final SocketChannel channel;
        private final StringBuilder request = new StringBuilder();
        private int left;
        private int every;
        private long due;

        private Stream(SocketChannel channel) {
            this.channel = channel;
        }
    }

    private final Selector selector = Selector.open();
    private final List<List<Stream>> wheel = new ArrayList<>();
    private final ByteBuffer in = ByteBuffer.allocateDirect(64 * 1024);
    private final ByteBuffer out = ByteBuffer.allocateDirect(4 * 1024);
    private long tick = System.nanoTime() / 1_000_000;

    private PacedUpstream() throws IOException {
        for (int i = 0; i < WHEEL; i++) {
            wheel.add(new ArrayList<>());
        }
    }

    public static void main(String[] args) throws IOException {
        new PacedUpstream().serve();
    }

    private void serve() throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open().bind(new InetSocketAddress("127.0.0.1", 0), 4096);
        server.configureBlocking(false).register(selector, SelectionKey.OP_ACCEPT);
        ChildJvm.announce(server.socket().getLocalPort());
        while (true) {
            selector.select(key -> ready(server, key), 1);
            for (long now = System.nanoTime() / 1_000_000; tick <= now; tick++) {
                List<Stream> due = wheel.get((int) (tick % WHEEL));
                List<Stream> rest = new ArrayList<>();
                for (Stream stream : due) {
                    if (stream.due > tick) {
                        rest.add(stream);
                    } else {
                        send(stream);
                    }
                }
                due.clear();
                due.addAll(rest);
            }
        }
    }

    private void ready(ServerSocketChannel server, SelectionKey key) {
        try {
            if (key.isAcceptable()) {
                for (SocketChannel channel = server.accept(); channel != null; channel = server.accept()) {
                    channel.configureBlocking(false).register(selector, SelectionKey.OP_READ, new Stream(channel));
                }
            } else {
                read((Stream) key.attachment());
            }
        } catch (IOException e) {
            key.cancel();
        }
    }

    private void read(Stream stream) throws IOException {
        in.clear();
        if (stream.channel.read(in) < 0) {
            stream.left = 0;
            stream.channel.close();
            return;
        }
        stream.request.append(StandardCharsets.ISO_8859_1.decode(in.flip()));
        if (stream.request.indexOf("\r\n\r\n") < 0 || stream.request.charAt(stream.request.length() - 1) != '}') {
            return;
        }
        String request = stream.request.toString();
        stream.request.setLength(0);
        if (!request.contains("\"stream\":true")) {
            write(stream, "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: " + Chat.RESPONSE.length() + "\r\n\r\n" + Chat.RESPONSE);
            return;
        }
        stream.left = number(EVENTS, request);
        stream.every = number(EVERY, request);
        write(stream, HEAD + chunk(Chat.FIRST));
        again(stream, System.nanoTime() / 1_000_000);
    }

    private static int number(Pattern member, String request) {
        Matcher found = member.matcher(request);
        if (!found.find()) {
            throw new BrokenRunException("no " + member + " in " + request);
        }
        return Integer.parseInt(found.group(1));
    }

    private void again(Stream stream, long last) {
        stream.due = Math.max(tick + 1, last + stream.every);
        wheel.get((int) (stream.due % WHEEL)).add(stream);
    }

    private void send(Stream stream) {
        if (!stream.channel.isOpen()) {
            return;
        }
        try {
            stream.left--;
            write(stream, chunk(Chat.stampedEvent()) + (stream.left > 0 ? "" : chunk(Chat.LAST + Chat.DONE + "\n\n") + "0\r\n\r\n"));
            if (stream.left > 0) {
                again(stream, stream.due);
            }
        } catch (IOException e) {
            stream.left = 0;
        }
    }

    private static String chunk(String text) {
        return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
    }

    private void write(Stream stream, String text) throws IOException {
        out.clear().put(text.getBytes(StandardCharsets.ISO_8859_1)).flip();
        while (out.hasRemaining()) {
            stream.channel.write(out);
        }
    }
}
