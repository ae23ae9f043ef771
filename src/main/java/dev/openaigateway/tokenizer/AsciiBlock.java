package dev.openaigateway.tokenizer;

/**
 * The kinds of 64 bytes of a text, each as a word with one bit for each byte, the first byte lowest; so a few instructions
 * find all characters of a kind (benchmark rows "agent prompt"). Not thread-safe.
 */
final class AsciiBlock {

    static final int LENGTH = 64;

    private static final long FOURS = 0x00000000FFFFFFFFL;
    private static final long TWOS = 0x0000FFFF0000FFFFL;
    private static final long ONES = 0x00FF00FF00FF00FFL;

    /** The lowest bit of each byte, and so on. */
    private long bit0;
    private long bit1;
    private long bit2;
    private long bit3;
    private long bit4;
    private long bit5;
    private long bit6;
    private long bit7;

    /** Reads {@value #LENGTH} bytes: transposes the bits of each eight bytes, and then these bytes. */
    void read(byte[] text, int at) {
        long a = transposed(LittleEndian.longAt(text, at));
        long b = transposed(LittleEndian.longAt(text, at + 8));
        long c = transposed(LittleEndian.longAt(text, at + 16));
        long d = transposed(LittleEndian.longAt(text, at + 24));
        long e = transposed(LittleEndian.longAt(text, at + 32));
        long f = transposed(LittleEndian.longAt(text, at + 40));
        long g = transposed(LittleEndian.longAt(text, at + 48));
        long h = transposed(LittleEndian.longAt(text, at + 56));
        long even = lower(lower(a, e, FOURS, 32), lower(c, g, FOURS, 32), TWOS, 16);
        long odd = lower(lower(b, f, FOURS, 32), lower(d, h, FOURS, 32), TWOS, 16);
        bit0 = lower(even, odd, ONES, 8);
        bit1 = upper(even, odd, ONES, 8);
        even = upper(lower(a, e, FOURS, 32), lower(c, g, FOURS, 32), TWOS, 16);
        odd = upper(lower(b, f, FOURS, 32), lower(d, h, FOURS, 32), TWOS, 16);
        bit2 = lower(even, odd, ONES, 8);
        bit3 = upper(even, odd, ONES, 8);
        even = lower(upper(a, e, FOURS, 32), upper(c, g, FOURS, 32), TWOS, 16);
        odd = lower(upper(b, f, FOURS, 32), upper(d, h, FOURS, 32), TWOS, 16);
        bit4 = lower(even, odd, ONES, 8);
        bit5 = upper(even, odd, ONES, 8);
        even = upper(upper(a, e, FOURS, 32), upper(c, g, FOURS, 32), TWOS, 16);
        odd = upper(upper(b, f, FOURS, 32), upper(d, h, FOURS, 32), TWOS, 16);
        bit6 = lower(even, odd, ONES, 8);
        bit7 = upper(even, odd, ONES, 8);
    }

    /** The bits of eight bytes, as an 8 by 8 matrix mirrored at its diagonal. */
    private static long transposed(long bits) {
        long x = swapped(bits, 0x00AA00AA00AA00AAL, 7);
        x = swapped(x, 0x0000CCCC0000CCCCL, 14);
        return swapped(x, 0x00000000F0F0F0F0L, 28);
    }

    private static long swapped(long x, long mask, int distance) {
        long changed = (x ^ x >>> distance) & mask;
        return x ^ changed ^ changed << distance;
    }

    private static long lower(long even, long odd, long mask, int distance) {
        return even & mask | (odd & mask) << distance;
    }

    private static long upper(long even, long odd, long mask, int distance) {
        return even >>> distance & mask | odd & ~mask;
    }

    /** Bytes that are not ASCII. The other kinds are undefined there. */
    long foreign() {
        return bit7;
    }

    long letters() {
        return bit6 & (bit0 | bit1 | bit2 | bit3 | bit4) & ~(bit4 & bit3 & (bit2 | bit1 & bit0));
    }

    long capitals(long letters) {
        return letters & ~bit5;
    }

    long digits() {
        return ~bit6 & bit5 & bit4 & ~(bit3 & (bit2 | bit1));
    }

    /** Blank, tab, vertical tab, form feed and line ends. */
    long space() {
        long control = ~(bit6 | bit5 | bit4) & bit3 & (bit2 | bit1 | bit0) & ~(bit2 & bit1);
        return control | blanks();
    }

    long blanks() {
        return bit5 & ~(bit6 | bit4 | bit3 | bit2 | bit1 | bit0);
    }

    /** CR and LF. */
    long lineEnds() {
        return ~(bit6 | bit5 | bit4) & bit3 & (bit2 ^ bit1) & ~(bit2 ^ bit0);
    }

    long apostrophes() {
        return ~(bit6 | bit4 | bit3) & bit5 & bit2 & bit1 & bit0;
    }

    long slashes() {
        return ~(bit6 | bit4) & bit5 & bit3 & bit2 & bit1 & bit0;
    }
}
