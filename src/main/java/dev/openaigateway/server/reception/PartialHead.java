package dev.openaigateway.server.reception;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.ByteProcessor;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * The memory that heads of requests on one connection take before they are served. Of one that is not whole, the decoder keeps an unfinished line
 * in its buffer, outside the heap, and the fields before it on the heap. One that is whole waits while an earlier request is
 * served. The fields that may follow a body in chunks are kept like those of a head. Each byte is searched for line ends once. Used on the
 * connection's event loop, {@link #close} by any thread.
 */
final class PartialHead implements ByteToMessageDecoder.Cumulator {

    /** A buffer for a read, in bytes. */
    private static final int BUFFER = 2 * 1024;
    /** The objects of a field with a name of one character, in bytes. */
    private static final int FIELD = 160;
    private static final int SHORTEST_FIELD = 4;
    /** A buffer grows to the next power of two. */
    private static final int COPIES = 2;
    /** The line with the size of a chunk has less, in bytes. */
    private static final int LINE = 256;

    private final UnfinishedHeads all;
    private final Channel channel;
    /** Null once it is removed: it holds the fields, and this object lives until the connection is closed. */
    private ByteToMessageDecoder decoder;
    /** Held until the decoder has read from it, since its end shows what belongs to the next request. */
    private ByteBuf latest;
    /** Where the bytes of the head begin that are not counted yet. */
    private int uncounted;
    private boolean head;
    private boolean body;
    private boolean held;
    private boolean discarded;
    /** The memory of each head that is whole and not served yet, in their order, and the sum. */
    private final Queue<Long> unserved = new ArrayDeque<>(2);
    private long waiting;
    private long bytes;
    private long fields;
    /** Bytes behind the latest piece of the body: the size of the next one, or fields. */
    private long behindBody;

    PartialHead(UnfinishedHeads all, Channel channel, ByteToMessageDecoder decoder) {
        this.all = all;
        this.channel = channel;
        this.decoder = decoder;
    }

    @Override
    public ByteBuf cumulate(ByteBufAllocator allocator, ByteBuf cumulation, ByteBuf in) {
        int length = in.readableBytes();
        countRest();
        drop();
        latest = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(allocator, cumulation, in).retain();
        if (body) {
            behindBody += length;
        } else {
            head = true;
            uncounted = latest.writerIndex() - length;
        }
        return latest;
    }

    /** The head is whole, and a body follows. */
    void whole() {
        if (latest != null) {
            count(latest.readerIndex());
        }
        long cost = cost();
        unserved.add(cost);
        waiting += cost;
        begin(false);
        body = true;
    }

    /** The request whose turn it is will be served. */
    void served() {
        Long first = unserved.poll();
        waiting -= first == null ? 0 : first;
        update();
    }

    /** A piece of the body is decoded. */
    void content() {
        behindBody = latest == null ? 0 : latest.readableBytes();
    }

    /** The request is whole. Returns whether a part of the next one has arrived with it. Line ends before a request mean nothing. */
    boolean next() {
        boolean more = latest != null && latest.forEachByte(ByteProcessor.FIND_NON_CRLF) >= 0;
        begin(more);
        body = false;
        uncounted = more ? latest.readerIndex() : 0;
        return more;
    }

    /** Everything that has arrived is decoded. */
    void decoded() {
        countRest();
        update();
        drop();
    }

    /** The connection is closed. Bytes that are still read from it are not counted. */
    void closed() {
        begin(false);
        body = true;
        unserved.clear();
        waiting = 0;
        drop();
        all.release(this);
    }

    /** Frees the memory at once, and closes the connection. */
    void close() {
        if (channel.eventLoop().inEventLoop()) {
            discard();
        } else {
            channel.eventLoop().execute(this::discard);
        }
    }

    /** A channel that closes tells its decoder only after all others that can be read at the moment, so the decoder goes before. */
    private void discard() {
        if (!discarded) {
            discarded = true;
            drop();
            if (channel.pipeline().context(decoder) != null) {
                channel.pipeline().remove(decoder);
            }
            decoder = null;
            all.release(this);
            channel.close();
        }
    }

    /** Whether the connection is being closed, so that what arrives is dropped. */
    boolean isDiscarded() {
        return discarded;
    }

    private void update() {
        if (discarded) {
            return;
        }
        long cost = waiting + (head ? cost() : 0) + (behindBody > LINE ? costBehindBody() : 0);
        if (cost > 0) {
            held = true;
            all.hold(this, cost);
        } else if (held) {
            held = false;
            all.release(this);
        }
    }

    private long cost() {
        return BUFFER + COPIES * bytes + FIELD * fields;
    }

    /** Not searched for fields, since most of it is a body that is decoded next. */
    private long costBehindBody() {
        return BUFFER + COPIES * behindBody + FIELD * behindBody / SHORTEST_FIELD;
    }

    private void begin(boolean another) {
        head = another;
        bytes = 0;
        fields = 0;
        behindBody = 0;
    }

    private void countRest() {
        if (head && latest != null) {
            count(latest.writerIndex());
        }
    }

    private void count(int end) {
        bytes += end - uncounted;
        for (int at = line(uncounted, end); at >= 0; at = line(at + 1, end)) {
            fields++;
        }
        uncounted = end;
    }

    private int line(int from, int end) {
        return ByteBufUtil.indexOf(latest, from, end, (byte) '\n');
    }

    private void drop() {
        if (latest != null) {
            latest.release();
            latest = null;
        }
    }
}
