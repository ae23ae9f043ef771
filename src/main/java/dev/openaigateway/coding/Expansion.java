package dev.openaigateway.coding;

/**
 * How many bytes a decoder may give.
 *
 * @param free  given for any input
 * @param times given for each further byte of input
 * @param most  given in all
 */
public record Expansion(long free, long times, long most) {

    private static final int KB = 1024;
    private static final int MB = 1024 * KB;

    /** For content. Deflate reaches a ratio of 1,032; the other codings have no bound of their own, so that repeated text may become one piece. */
    public static Expansion ofContent(long most) {
        return new Expansion(16 * MB, 1_100, most);
    }

    /** For what another decoder reads: content that is compressed hardly compresses further. */
    public static Expansion ofCompressed(long most) {
        return new Expansion(256 * KB, 4, most);
    }

    boolean allows(long given, long read) {
        return given <= most && given <= free + times * read;
    }
}
