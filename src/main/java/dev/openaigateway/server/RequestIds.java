package dev.openaigateway.server;

import dev.openaigateway.call.ResponseHeaderNames;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/** Creates request ids, which identify a request to the client, the access log and the upstream. Thread-safe. */
public final class RequestIds {

    /** The header that carries the id, in requests and in responses. */
    public static final String HEADER = ResponseHeaderNames.REQUEST_ID;

    private static final Pattern SANE = Pattern.compile("[A-Za-z0-9._-]{1,128}");

    private RequestIds() {
    }

    /**
     * The client's own id if it is 1 to 128 of {@code A-Z a-z 0-9 . _ -}, else a new one.
     *
     * @param fromClient the {@code x-request-id} header; null if the request has none
     */
    public static String of(String fromClient) {
        return fromClient != null && SANE.matcher(fromClient).matches() ? fromClient : next();
    }

    /** 128 random bits. An id is not a secret, so the generator need not be secure. */
    private static String next() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        HexFormat hex = HexFormat.of();
        return "req-" + hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong());
    }
}
