package dev.openaigateway.call;

import dev.openaigateway.tokenizer.SipHash;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.function.LongSupplier;

/**
 * A number that tells a request from others by its model and its body. It stays the same when a client tries again. Keyed, so that a client
 * cannot choose requests that have the same number. Computed when it is first needed. Not thread-safe.
 */
public final class RequestDigest implements LongSupplier {

    private static final long KEY0;
    private static final long KEY1;

    static {
        SecureRandom random = new SecureRandom();
        KEY0 = random.nextLong();
        KEY1 = random.nextLong();
    }

    private final ModelRequest request;
    private boolean known;
    private long number;

    /** Identifies a request whose body was read. */
    public RequestDigest(ModelRequest request) {
        this.request = request;
    }

    public ModelRequest request() {
        return request;
    }

    @Override
    public long getAsLong() {
        if (!known) {
            add(ByteBuffer.wrap(request.model().getBytes(StandardCharsets.UTF_8)));
            request.body().content().forEach(this::add);
            known = true;
        }
        return number;
    }

    private void add(ByteBuffer piece) {
        number = new SipHash(KEY0, KEY1).add(number).end(piece.array(), piece.position(), piece.limit()).first();
    }
}
