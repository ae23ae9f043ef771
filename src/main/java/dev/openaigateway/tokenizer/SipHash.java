package dev.openaigateway.tokenizer;

/**
 * SipHash-2-4 with a result of 128 bits. With a random key, a client can neither choose texts of the same digest nor can a
 * text be guessed from its digest. Single use, not thread-safe.
 */
public final class SipHash {

    private long v0;
    private long v1;
    private long v2;
    private long v3;
    private long first;
    private long second;

    public SipHash(long key0, long key1) {
        v0 = key0 ^ 0x736f6d6570736575L;
        v1 = key1 ^ 0x646f72616e646f6dL ^ 0xee;
        v2 = key0 ^ 0x6c7967656e657261L;
        v3 = key1 ^ 0x7465646279746573L;
    }

    /** Adds eight bytes before those of {@link #end}. */
    public SipHash add(long word) {
        v3 ^= word;
        rounds(2);
        v0 ^= word;
        return this;
    }

    /** Adds the last bytes, after which {@link #first} and {@link #second} are the digest. */
    public SipHash end(byte[] bytes, int from, int to) {
        int words = from + (to - from & ~7);
        addWords(bytes, from, words);
        long last = (long) (to - from) << 56;
        for (int at = words; at < to; at++) {
            last |= (bytes[at] & 0xFFL) << 8 * (at - words);
        }
        add(last);
        v2 ^= 0xee;
        rounds(4);
        first = v0 ^ v1 ^ v2 ^ v3;
        v1 ^= 0xdd;
        rounds(4);
        second = v0 ^ v1 ^ v2 ^ v3;
        return this;
    }

    public long first() {
        return first;
    }

    long second() {
        return second;
    }

    /** The state is kept in local variables, which makes it several times faster (benchmark rows "agent prompt"). */
    private void addWords(byte[] bytes, int from, int to) {
        long a = v0;
        long b = v1;
        long c = v2;
        long d = v3;
        for (int at = from; at < to; at += 8) {
            long word = LittleEndian.longAt(bytes, at);
            d ^= word;
            for (int round = 0; round < 2; round++) {
                a += b;
                c += d;
                b = Long.rotateLeft(b, 13) ^ a;
                d = Long.rotateLeft(d, 16) ^ c;
                a = Long.rotateLeft(a, 32) + d;
                c += b;
                d = Long.rotateLeft(d, 21) ^ a;
                b = Long.rotateLeft(b, 17) ^ c;
                c = Long.rotateLeft(c, 32);
            }
            a ^= word;
        }
        v0 = a;
        v1 = b;
        v2 = c;
        v3 = d;
    }

    private void rounds(int count) {
        for (int round = 0; round < count; round++) {
            v0 += v1;
            v2 += v3;
            v1 = Long.rotateLeft(v1, 13) ^ v0;
            v3 = Long.rotateLeft(v3, 16) ^ v2;
            v0 = Long.rotateLeft(v0, 32) + v3;
            v2 += v1;
            v3 = Long.rotateLeft(v3, 21) ^ v0;
            v1 = Long.rotateLeft(v1, 17) ^ v2;
            v2 = Long.rotateLeft(v2, 32);
        }
    }
}
