package dev.openaigateway.warmup;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/** Reads the HTTP/1.1 messages of a connection one after the other. Not thread-safe. */
final class HttpMessages {

    private static final String LENGTH = "content-length:";
    private static final String CHUNKED = "transfer-encoding: chunked";
    private static final int HEXADECIMAL = 16;

    private final InputStream in;
    private String firstLine = "";

    HttpMessages(InputStream in) {
        this.in = in;
    }

    /** Returns the body of the next message; null at the end of the connection. */
    byte[] nextBody() throws IOException {
        firstLine = line();
        if (firstLine.isEmpty()) {
            return null;
        }
        int length = 0;
        boolean chunked = false;
        for (String line = line(); !line.isEmpty(); line = line()) {
            String field = line.toLowerCase(Locale.ROOT);
            if (field.startsWith(LENGTH)) {
                length = Integer.parseInt(field.substring(LENGTH.length()).strip());
            }
            chunked |= field.equals(CHUNKED);
        }
        return chunked ? chunks() : in.readNBytes(length);
    }

    /** The request line or the status line of the latest message; empty at the end of the connection. */
    String firstLine() {
        return firstLine;
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = size(); size > 0; size = size()) {
            body.write(in.readNBytes(size));
            line();
        }
        line();
        return body.toByteArray();
    }

    private int size() throws IOException {
        String line = line();
        if (line.isEmpty()) {
            throw new EOFException("the connection ended within a response");
        }
        return Integer.parseInt(line, HEXADECIMAL);
    }

    /** Reads a line, without its line end; empty also at the end of the connection. */
    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }
}
