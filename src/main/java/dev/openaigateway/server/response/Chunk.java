package dev.openaigateway.server.response;

/** The form of a chunk in HTTP/1.1: its size in hexadecimal digits, its bytes, and a line end after each of both. */
final class Chunk {

    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};
    private static final int LINE_END = 2;

    private Chunk() {
    }

    /** @param length at least 1, because an empty chunk ends a body */
    static byte[] of(byte[] bytes, int offset, int length) {
        int digits = (Integer.SIZE - Integer.numberOfLeadingZeros(length) + 3) / 4;
        byte[] chunk = new byte[digits + LINE_END + length + LINE_END];
        for (int at = digits - 1, rest = length; at >= 0; at--, rest >>>= 4) {
            chunk[at] = HEX[rest & 0xf];
        }
        endLine(chunk, digits);
        System.arraycopy(bytes, offset, chunk, digits + LINE_END, length);
        endLine(chunk, chunk.length - LINE_END);
        return chunk;
    }

    private static void endLine(byte[] chunk, int at) {
        chunk[at] = '\r';
        chunk[at + 1] = '\n';
    }
}
