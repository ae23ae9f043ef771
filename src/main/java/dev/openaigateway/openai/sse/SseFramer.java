package dev.openaigateway.openai.sse;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongPredicate;

/**
 * Splits a byte stream, which arrives in arbitrary pieces, into server-sent events. Buffers at most one incomplete event, by
 * default up to 1 MB; a longer one has to be relayed in pieces without being read. Not thread-safe.
 */
public final class SseFramer {

    /** In bytes. */
    public static final int LONGEST_EVENT = 1024 * 1024;

    /** Most events are of a few hundred bytes, and each stream keeps its buffer (benchmark row "very many streams"). */
    private static final int SMALLEST = 2 * 1024;
    /** A read offers at least this much room, so that the last bytes of an event do not take many reads. */
    private static final int LEAST_READ = 1024;
    /** A stream that fills its buffer at each read gets one of up to this size. */
    private static final int LARGEST_READ = 8 * 1024;
    /** A buffer of this size needs no reservation. */
    private static final int UNRESERVED = 16 * 1024;

    private final LongPredicate memory;
    private final int longest;
    private byte[] bytes = new byte[SMALLEST];
    private int start;
    private int scanned;
    private int size;
    private boolean lineEmpty = true;
    private boolean afterCarriageReturn;
    private boolean full;
    private boolean filled;

    /** @param memory reserves a number of further bytes; false if there is no room for them */
    public SseFramer(LongPredicate memory) {
        this(memory, LONGEST_EVENT);
    }

    /** @param longest size in bytes above which an incomplete event is {@link #overlong} */
    public SseFramer(LongPredicate memory, int longest) {
        this.memory = memory;
        this.longest = longest;
    }

    /** Reads bytes that have arrived, and blocks until there are some. Returns false at the end of the body. */
    public boolean readFrom(InputStream body) throws IOException {
        int least = filled && bytes.length < LARGEST_READ ? bytes.length + 1 : LEAST_READ;
        if (start == size || bytes.length - size < least) {
            makeRoom(least);
        }
        int read = body.read(bytes, size, bytes.length - size);
        size += Math.max(0, read);
        filled = size == bytes.length;
        return read >= 0;
    }

    /** Appends the first {@code length} bytes of {@code more}, which are copied. */
    public void append(byte[] more, int length) {
        if (start == size || size + length > bytes.length) {
            makeRoom(length);
        }
        System.arraycopy(more, 0, bytes, size, length);
        size += length;
    }

    /**
     * Finds the end of the next event, which starts at {@link #start()}.
     *
     * @return the index after its closing blank line, or -1 if the event is incomplete
     */
    public int nextEnd() {
        while (scanned < size) {
            byte at = bytes[scanned++];
            boolean closesPair = at == '\n' && afterCarriageReturn;
            afterCarriageReturn = at == '\r';
            if (closesPair) {
                continue;
            }
            if (at != '\n' && at != '\r') {
                lineEmpty = false;
            } else if (lineEmpty) {
                return endOfPair();
            } else {
                lineEmpty = true;
            }
        }
        return -1;
    }

    /** A carriage return ends an event at once; a line feed that arrives later belongs to the same line end. */
    private int endOfPair() {
        if (afterCarriageReturn && scanned < size && bytes[scanned] == '\n') {
            scanned++;
            afterCarriageReturn = false;
        }
        return scanned;
    }

    /** Removes the event that ends at {@code end}. Its bytes stay readable until the next {@link #append}. */
    public void consume(int end) {
        start = end;
        lineEmpty = true;
    }

    /** Removes the bytes of the incomplete event so far. Its end is still found. */
    public void skip() {
        start = size;
    }

    /** Whether the incomplete event exceeds the maximum size or the available memory. */
    public boolean overlong() {
        return exceeds(longest);
    }

    /** Whether the incomplete event exceeds that many bytes or the available memory. */
    public boolean exceeds(int most) {
        return size - start > most || full;
    }

    /** Whether there was no memory for the incomplete event. */
    public boolean lacksMemory() {
        return full;
    }

    public byte[] bytes() {
        return bytes;
    }

    public int start() {
        return start;
    }

    public int size() {
        return size;
    }

    private void makeRoom(int needed) {
        int held = size - start;
        byte[] target = held + needed > bytes.length ? new byte[Math.max(bytes.length * 2, held + needed)] : bytes;
        full = target.length > UNRESERVED && !memory.test(target.length - Math.max(bytes.length, UNRESERVED));
        System.arraycopy(bytes, start, target, 0, held);
        bytes = target;
        scanned -= start;
        start = 0;
        size = held;
    }
}
