package dev.openaigateway.tokenizer;

import java.security.SecureRandom;
import java.util.concurrent.atomic.LongAdder;

/**
 * Remembers the counts of texts by a keyed digest of 128 bits, so that a text that a client sends again in every turn is
 * counted once (benchmark rows "agent prompt"). Keeps no text. Memory is bounded: about a hundredth of the heap, where a
 * new text replaces the older one of two. Thread-safe.
 */
public final class KnownCounts {

    /** What the texts of all requests have in common. */
    public static final KnownCounts SHARED = new KnownCounts(slots(Runtime.getRuntime().maxMemory()));

    /** Below this length, counting is as fast as looking up. */
    public static final int SHORTEST = 64;

    private static final int BYTES_PER_ENTRY = 40;
    private static final int HUNDREDTH = 100;

    /** @param bytes length of the counted text in UTF-8 */
    public record Count(long first, long second, int tokens, int bytes) {
    }

    /** Counts a text that is not known. */
    public interface Counter {

        /** Returns the count for these two halves of the digest. */
        Count count(long first, long second);
    }

    private final long key0;
    private final long key1;
    private final Count[] known;
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();

    /** @param slots a power of two */
    KnownCounts(int slots) {
        SecureRandom random = new SecureRandom();
        key0 = random.nextLong();
        key1 = random.nextLong();
        known = new Count[slots];
    }

    /** Texts whose count was known. */
    public static long hits() {
        return SHARED.hits.sum();
    }

    /** Texts that had to be counted. */
    public static long misses() {
        return SHARED.misses.sum();
    }

    /**
     * The count of a text, from memory or from {@code counter}.
     *
     * @param kind texts of different kinds are different, even if their bytes are the same
     */
    public Count of(int kind, byte[] text, int from, int to, Counter counter) {
        SipHash digest = new SipHash(key0, key1).add(kind).end(text, from, to);
        long first = digest.first();
        long second = digest.second();
        int slot = (int) first & known.length - 2;
        Count newer = known[slot];
        if (newer != null && newer.first == first && newer.second == second) {
            hits.increment();
            return newer;
        }
        Count older = known[slot + 1];
        boolean hit = older != null && older.first == first && older.second == second;
        (hit ? hits : misses).increment();
        Count count = hit ? older : counter.count(first, second);
        // Threads may overwrite each other here: then a count is lost or held twice, and never wrong.
        known[slot + 1] = newer;
        known[slot] = count;
        return count;
    }

    static int slots(long heapBytes) {
        long entries = Math.min(1 << 20, Math.max(1 << 12, heapBytes / HUNDREDTH / BYTES_PER_ENTRY));
        return (int) Long.highestOneBit(entries);
    }
}
