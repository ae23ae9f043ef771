package dev.openaigateway.relay;

/**
 * Finds whole server-sent events in bytes that arrive in any pieces. Holds at most one event that is not whole yet, and
 * of that no more than a limit: a longer one is handed on in pieces, unread.
 */
final class EventBuffer {

    private static final int LONGEST_EVENT = 1024 * 1024;

    private byte[] bytes = new byte[16 * 1024];
    private int start;
    private int scanned;
    private int size;
    private boolean lineEmpty = true;

    void append(byte[] more, int length) {
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
    int nextEnd() {
        while (scanned < size) {
            byte at = bytes[scanned++];
            if (at == '\n' || at == '\r') {
                boolean closesPair = at == '\r' && scanned < size && bytes[scanned] == '\n';
                scanned += closesPair ? 1 : 0;
                if (lineEmpty) {
                    return scanned;
                }
                lineEmpty = true;
            } else {
                lineEmpty = false;
            }
        }
        return -1;
    }

    /** The event that ended there was dealt with; its bytes stay readable until the next {@link #append}. */
    void consume(int end) {
        start = end;
        lineEmpty = true;
    }

    /** Whether the event that is not whole yet has grown beyond what is held back for it. */
    boolean overlong() {
        return size - start > LONGEST_EVENT;
    }

    byte[] bytes() {
        return bytes;
    }

    int start() {
        return start;
    }

    int size() {
        return size;
    }

    private void makeRoom(int needed) {
        int held = size - start;
        byte[] target = held + needed > bytes.length ? new byte[Math.max(bytes.length * 2, held + needed)] : bytes;
        System.arraycopy(bytes, start, target, 0, held);
        bytes = target;
        scanned -= start;
        start = 0;
        size = held;
    }
}
