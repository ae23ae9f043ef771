package dev.openaigateway.support;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;

/** A stream of server-sent events, one chunk per event. The methods change this reply and return it. */
public final class StreamReply implements Reply {

    private enum End { WHOLE, CLOSE, RESET, STALL }

    private final Function<RecordedRequest, Iterable<String>> events;
    private Headers headers = new Headers(List.of(
            new Header("Content-Type", "text/event-stream"), new Header("Transfer-Encoding", "chunked")));
    private Duration interval = Duration.ZERO;
    private Gate gate;
    private End end = End.WHOLE;
    private int limit = Integer.MAX_VALUE;
    private int pieceSize = Integer.MAX_VALUE;
    private boolean gzip;

    StreamReply(Function<RecordedRequest, Iterable<String>> events) {
        this.events = events;
    }

    public StreamReply header(String name, String value) {
        headers = headers.with(name, value);
        return this;
    }

    /** Waits for the given time before each event except the first. */
    public StreamReply every(Duration time) {
        interval = time;
        return this;
    }

    /** Sends the head at once, and each event when the gate releases it. */
    public StreamReply gated(Gate holding) {
        gate = holding;
        return this;
    }

    /** Splits the text of the events into chunks of at most that many bytes, each written separately. */
    public StreamReply inPieces(int bytes) {
        pieceSize = bytes;
        return this;
    }

    /** Compresses the stream, and flushes it after each event. */
    public StreamReply gzip() {
        gzip = true;
        return header("Content-Encoding", "gzip");
    }

    /** Closes the connection after that many events, without the last chunk. */
    public StreamReply closeAfter(int count) {
        return ending(End.CLOSE, count);
    }

    public StreamReply resetAfter(int count) {
        return ending(End.RESET, count);
    }

    public StreamReply stallAfter(int count) {
        return ending(End.STALL, count);
    }

    private StreamReply ending(End how, int count) {
        end = how;
        limit = count;
        return this;
    }

    @Override
    public void writeTo(Line line, RecordedRequest request) throws IOException, InterruptedException {
        line.head(200, headers).flush();
        ByteArrayOutputStream encoded = new ByteArrayOutputStream();
        GZIPOutputStream zip = gzip ? new GZIPOutputStream(encoded, true) : null;
        int count = 0;
        for (String event : events.apply(request)) {
            if (count == limit) {
                break;
            }
            hold(line, count++);
            byte[] plain = event.getBytes(StandardCharsets.UTF_8);
            if (zip == null) {
                encoded.writeBytes(plain);
            } else {
                zip.write(plain);
                zip.flush();
            }
            send(line, encoded);
        }
        if (end == End.WHOLE && zip != null) {
            zip.finish();
            send(line, encoded);
        }
        finish(line);
    }

    private void hold(Line line, int before) throws InterruptedException {
        if (gate != null) {
            gate.pass();
        } else if (before > 0) {
            line.pause(interval);
        }
    }

    private void send(Line line, ByteArrayOutputStream encoded) throws IOException {
        byte[] bytes = encoded.toByteArray();
        encoded.reset();
        for (int from = 0; from < bytes.length; from += Math.min(pieceSize, bytes.length)) {
            int to = (int) Math.min((long) from + pieceSize, bytes.length);
            line.chunk(Arrays.copyOfRange(bytes, from, to)).flush();
        }
    }

    private void finish(Line line) throws IOException, InterruptedException {
        switch (end) {
            case CLOSE -> line.close();
            case RESET -> line.reset();
            case STALL -> line.stall();
            case WHOLE -> line.lastChunk();
        }
    }
}
