package dev.openaigateway.upstream.connection;

/** Tracks where TLS records end in a byte stream that starts with a record's first byte. Not thread-safe. */
final class TlsRecords {

    /** One byte for the type, two for the version, two for the length. */
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

    /** Returns whether the last record was read only in part. */
    boolean inside() {
        return headerRead > 0;
    }
}
