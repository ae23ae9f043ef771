package dev.openaigateway.server.reception;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.ByteProcessor;

/**
 * Estimates the memory that one connection holds for requests which are not served yet: the unfinished head in the buffer and the
 * fields of its decoder, the fields that may follow a body in chunks, and the bytes that wait behind the request being served.
 * Searches each byte for line ends once. Used on the connection's event loop, {@link #close} by any thread.
 */
final class ConnectionHeads implements ByteToMessageDecoder.Cumulator {

    /** Objects that a request has from its first byte on, in bytes. */
    private static final int HEAP_PER_HEAD = 2 * 1024;
    /** Heap bytes of one header field besides its text. */
    private static final int HEAP_PER_FIELD = 160;
    private static final int SHORTEST_FIELD = 4;
    /** In bytes. More behind a piece of a body can only be fields. */
    private static final int LONGEST_CHUNK_SIZE_LINE = 256;

    private final HeadMemory memory;
    private final Channel channel;
    /** Null once it is removed: it holds the fields, and this object lives until the connection is closed. */
    private ByteToMessageDecoder decoder;
    private ReadPhase phase = ReadPhase.IDLE;
    /** What the decoder reads from. Held until it has read, since its end shows what is left. */
    private ByteBuf latest;
    /** What the decoder has left, and the size of the buffer, as of the last update. */
    private int undecoded;
    private int capacity;
    /** Where the bytes of the head begin that are not counted yet. */
    private int uncounted;
    private boolean emptied;
    private boolean held;
    private boolean discarded;
    private long bytes;
    private long fields;
    /** Bytes behind the latest piece of the body: the size of the next one, or fields. */
    private long behindBody;

    ConnectionHeads(HeadMemory memory, Channel channel, ByteToMessageDecoder decoder) {
        this.memory = memory;
        this.channel = channel;
        this.decoder = decoder;
    }

    @Override
    public ByteBuf cumulate(ByteBufAllocator allocator, ByteBuf cumulation, ByteBuf in) {
        int length = in.readableBytes();
        countHead();
        drop();
        emptied = false;
        latest = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(allocator, cumulation, in).retain();
        if (phase == ReadPhase.IDLE && latest.isReadable()) {
            phase = ReadPhase.HEAD;
            uncounted = latest.readerIndex();
        } else {
            uncounted = latest.writerIndex() - length;
            behindBody += length;
        }
        return latest;
    }

    /** The head is whole, and a body follows, which may be empty. */
    void headDecoded() {
        begin(ReadPhase.BODY);
        bodyPieceDecoded();
    }

    void bodyPieceDecoded() {
        behindBody = latest == null ? 0 : latest.readableBytes();
    }

    /** The request is whole. Line ends before the next one mean nothing. */
    void requestDecoded() {
        begin(ReadPhase.IDLE);
        if (latest != null && latest.isReadable()) {
            skipLineEnds(latest);
            emptied = !latest.isReadable();
        }
    }

    /** Whether the decoder keeps a buffer of which nothing is left, until it is given more. */
    boolean isEmptied() {
        return emptied;
    }

    static void skipLineEnds(ByteBuf buffer) {
        int next = buffer.forEachByte(ByteProcessor.FIND_NON_CRLF);
        buffer.readerIndex(next < 0 ? buffer.writerIndex() : next);
    }

    /** Whether a head is whole, but not yet its request. */
    boolean isInBody() {
        return phase == ReadPhase.BODY;
    }

    /** Whether the next byte begins a request. */
    boolean isIdle() {
        return phase == ReadPhase.IDLE;
    }

    /** Bytes that were given to the decoder and not read by it. */
    int undecoded() {
        return latest == null ? undecoded : latest.readableBytes();
    }

    /**
     * The decoder has read what it was given. It holds its buffer as long as some of it is left. Who else holds the buffer does not count:
     * Vert.x keeps pieces of a body as parts of it, where they are unpooled, as with TLS.
     *
     * @param waiting   the size of the buffer that is not given to it yet, in bytes
     * @param unwritten bytes of responses that the client has not read before it sent another request
     * @param paused    whether the body is not read at the moment, so that what is left is no field
     */
    void update(int waiting, long unwritten, boolean paused) {
        countHead();
        undecoded = undecoded();
        capacity = latest == null ? capacity : undecoded > 0 ? latest.capacity() : 0;
        drop();
        if (!discarded && phase != ReadPhase.CLOSED) {
            update(cost(capacity + waiting, unwritten, paused));
        }
    }

    private void update(long cost) {
        if (cost > 0) {
            held = true;
            memory.update(this, cost);
        } else if (held) {
            held = false;
            memory.release(this);
        }
    }

    private long cost(int buffers, long unwritten, boolean paused) {
        return switch (phase) {
            case HEAD -> HEAP_PER_HEAD + buffers + bytes + HEAP_PER_FIELD * fields;
            case BODY -> paused ? 0 : behindBody > LONGEST_CHUNK_SIZE_LINE ? buffers + costBehindBody() : buffers;
            case IDLE -> buffers > 0 ? buffers + unwritten : 0;
            case CLOSED -> 0;
        };
    }

    /** Not searched for fields, since most of it is a body that is decoded next. */
    private long costBehindBody() {
        return HEAP_PER_HEAD + behindBody + HEAP_PER_FIELD * behindBody / SHORTEST_FIELD;
    }

    /** The connection is closed. Bytes that are still read from it are not counted. */
    void closed() {
        begin(ReadPhase.CLOSED);
        drop();
        memory.release(this);
    }

    /** Frees the memory at once, and closes the connection. */
    void close() {
        if (channel.eventLoop().inEventLoop()) {
            discard();
        } else {
            channel.eventLoop().execute(this::discard);
        }
    }

    /**
     * Channel close reaches the decoder only after other readable channels were served, so the decoder is removed first to free its buffer and
     * its fields now. The gate is removed after it, since the gate's context refers to the next one in the pipeline.
     */
    private void discard() {
        if (!discarded) {
            discarded = true;
            drop();
            remove(decoder);
            decoder = null;
            remove(channel.pipeline().get(RequestGate.class));
            memory.release(this);
            channel.close();
        }
    }

    private void remove(ChannelHandler handler) {
        if (handler != null && channel.pipeline().context(handler) != null) {
            channel.pipeline().remove(handler);
        }
    }

    /** Whether what arrives is dropped, since the connection is being closed. */
    boolean isDiscarded() {
        return discarded || phase == ReadPhase.CLOSED;
    }

    private void begin(ReadPhase next) {
        phase = phase == ReadPhase.CLOSED ? phase : next;
        bytes = 0;
        fields = 0;
        behindBody = 0;
    }

    private void countHead() {
        if (phase == ReadPhase.HEAD && latest != null) {
            int end = latest.writerIndex();
            bytes += end - uncounted;
            for (int at = lineEnd(uncounted, end); at >= 0; at = lineEnd(at + 1, end)) {
                fields++;
            }
            uncounted = end;
        }
    }

    private int lineEnd(int from, int end) {
        return ByteBufUtil.indexOf(latest, from, end, (byte) '\n');
    }

    private void drop() {
        if (latest != null) {
            latest.release();
            latest = null;
        }
    }
}
