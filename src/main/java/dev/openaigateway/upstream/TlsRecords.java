package dev.openaigateway.upstream;

/** Follows the bytes of a TLS connection, from a record's first byte on, to say where records end. Not thread-safe. */
final class TlsRecords {

    /** One byte of type, two of version, two of length. */
    private static final int HEADER = 5;

    private int headerRead;
    private int length;
    private int bodyLeft;

    void read(byte[] bytes, int offset, int count) {
        int at = offset;
        int end = offset + count;
        while (at < end) {
            if (headerRead < HEADER) {
                length = length << 8 & 0xff00 | bytes[at++] & 0xff;
                headerRead++;
                bodyLeft = length;
            } else {
                int skipped = Math.min(bodyLeft, end - at);
                at += skipped;
                bodyLeft -= skipped;
            }
            if (headerRead == HEADER && bodyLeft == 0) {
                headerRead = 0;
            }
        }
    }

    /** Returns whether a part of a record was read, and the rest of it was not. */
    boolean inside() {
        return headerRead > 0;
    }
}
