package dev.openaigateway.openai;

import java.util.function.LongPredicate;

/**
 * Finds whole server-sent events in bytes that arrive in any pieces. Holds at most one event that is not whole yet, and
 * of that no more than a limit: a longer one is handed on in pieces, unread.
 */
public final class SseFramer {

    private static final int LONGEST_EVENT = 1024 * 1024;

    private final LongPredicate memory;
    private byte[] bytes = new byte[16 * 1024];
    private int start;
    private int scanned;
    private int size;
    private boolean lineEmpty = true;
    private boolean afterCarriageReturn;
    private boolean full;

    /** @param memory takes so many more bytes, or says that there is no room for them */
    public SseFramer(LongPredicate memory) {
        this.memory = memory;
    }

    public void append(byte[] more, int length) {
        if (start == size || size + length > bytes.length) {
            makeRoom(length);
        }
        System.arraycopy(more, 0, bytes, size, length);
        size += length;
    }

    /**
     * Moves to behind the next whole event.
     *
     * @return the index behind its closing blank line, or -1 if it is not whole; the event starts at {@link #start()}
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

    /** A carriage return ends an event at once: a line feed that comes later belongs to the same line end. */
    private int endOfPair() {
        if (afterCarriageReturn && scanned < size && bytes[scanned] == '\n') {
            scanned++;
            afterCarriageReturn = false;
        }
        return scanned;
    }

    /** The event that ended there was dealt with; its bytes stay readable until the next {@link #append}. */
    public void consume(int end) {
        start = end;
        lineEmpty = true;
    }

    /** Whether the event that is not whole yet has grown beyond what is held back for it, or beyond the memory there is. */
    public boolean overlong() {
        return size - start > LONGEST_EVENT || full;
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
        full = !memory.test(target.length - bytes.length);
        System.arraycopy(bytes, start, target, 0, held);
        bytes = target;
        scanned -= start;
        start = 0;
        size = held;
    }
}
