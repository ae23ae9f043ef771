package dev.openaigateway.tokenizer;

/**
 * Finds the pieces of {@code o200k_base} and {@code cl100k_base} in ASCII text, many at a time. Rare pieces are left to the
 * splitter: contractions, blanks before a line end, a slash after one. Not thread-safe.
 */
final class AsciiPieces {

    private final AsciiBlock block = new AsciiBlock();
    private final boolean newer;

    /** @param newer whether a capital after a small letter begins a piece, and slashes may follow line ends, as in {@code o200k_base} */
    AsciiPieces(boolean newer) {
        this.newer = newer;
    }

    /**
     * Where the next pieces begin, as bits of their distances from {@code from}, where a piece begins: each piece before
     * one of the bits is certain. 0 if the first piece is not.
     *
     * @param from  at least {@link AsciiBlock#LENGTH} bytes before the end of the array
     * @param to    the end of the text
     */
    long starts(byte[] text, int from, int to) {
        block.read(text, from);
        long foreign = block.foreign();
        long known = foreign == 0 ? -1 : (foreign & -foreign) - 1;
        if (to - from < AsciiBlock.LENGTH) {
            known &= (1L << to - from) - 1;
        }
        long letters = block.letters() & known;
        long digits = block.digits() & known;
        long space = block.space() & known;
        long lines = block.lineEnds() & known;
        long blanks = block.blanks() & known;
        long others = ~(letters | digits | space) & known;
        long starts = words(letters, digits, others, lines, blanks) | digits & ~(digits << 1) | thirds(digits)
                | spaces(letters | digits, space, others, lines) | others & (letters | digits | lines | space & ~blanks) << 1;
        long rare = block.apostrophes() & letters >>> 1;
        if (newer) {
            rare = rare & letters << 1 | block.slashes() & lines << 1;
        }
        // The first piece began earlier, and the piece of the last byte depends on what follows.
        return starts & known >>> 1 & ~1L & (rare & -rare) - 1 & certainSpace(space, lines, known);
    }

    /** A word includes one other character before it if that is where a piece begins. */
    private long words(long letters, long digits, long others, long lines, long blanks) {
        long prefixes = others & ~(others << 1) & ~(blanks << 1);
        long starts = letters & (digits | lines | others & ~prefixes) << 1;
        if (newer) {
            long capitals = block.capitals(letters);
            starts |= capitals & (letters & ~capitals) << 1;
        }
        return starts;
    }

    /** Each fourth digit of a number. */
    private static long thirds(long digits) {
        long four = digits & digits << 1 & digits << 2 & digits << 3;
        long starts = 0;
        for (long next = (digits & ~(digits << 1)) << 3 & four; next != 0; next = next << 3 & four) {
            starts |= next;
        }
        return starts;
    }

    /** White space is a piece up to its last line end, and another one up to its last character, which belongs to what follows. */
    private static long spaces(long alphanumeric, long space, long others, long lines) {
        long blanks = space & ~lines;
        return space & alphanumeric << 1 | blanks & (others | lines) << 1 | blanks & blanks << 1 & ~(space >>> 1);
    }

    /** Bits before white space whose pieces depend on a later line end, and its first bit. */
    private static long certainSpace(long space, long lines, long known) {
        long uncertain = space & ~lines & lines >>> 1 | space & space << 1 & ~(known >>> 1);
        if (uncertain == 0) {
            return -1;
        }
        long before = uncertain ^ uncertain - 1;
        long start = Long.highestOneBit(space & ~(space << 1) & before);
        return start | start - 1;
    }
}
