package dev.openaigateway.support;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Reads the heads and bodies of successive HTTP/1.1 messages from one connection. */
final class HttpInput {

    /** The start line and the headers of one message. */
    record Head(String startLine, Headers headers) {
    }

    private final InputStream in;

    HttpInput(InputStream in) {
        this.in = in;
    }

    /** The next head; null if the peer closed between two messages. */
    Head head() throws IOException {
        String start = line(in);
        if (start == null) {
            return null;
        }
        List<Header> headers = new ArrayList<>();
        for (String line = needed(in); !line.isEmpty(); line = needed(in)) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new IOException("not a header line: " + line);
            }
            headers.add(new Header(line.substring(0, colon), line.substring(colon + 1).strip()));
        }
        return new Head(start, new Headers(headers));
    }

    /** The body of a request: empty without a length or chunks. */
    InputStream requestBody(Headers headers) {
        return framed(headers) ? new Body(in, headers) : InputStream.nullInputStream();
    }

    /** The body of a response: without a length or chunks it ends when the peer closes. */
    InputStream responseBody(int status, Headers headers) {
        if (status == 204 || status == 304 || status < 200) {
            return InputStream.nullInputStream();
        }
        return framed(headers) ? new Body(in, headers) : in;
    }

    private static boolean framed(Headers headers) {
        return headers.has("content-length") || headers.says("transfer-encoding", "chunked");
    }

    static String needed(InputStream in) throws IOException {
        String line = line(in);
        if (line == null) {
            throw new EOFException("closed inside a message");
        }
        return line;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        int next = in.read();
        if (next < 0) {
            return null;
        }
        for (; next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("closed inside the line: " + line);
            }
            line.append((char) next);
        }
        int end = line.length() > 0 && line.charAt(line.length() - 1) == '\r' ? line.length() - 1 : line.length();
        return line.substring(0, end);
    }
}
