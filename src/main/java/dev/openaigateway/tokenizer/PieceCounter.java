package dev.openaigateway.tokenizer;

/** Counts the tokens of a text: splits it into pieces, most of which are a token. Not thread-safe. */
final class PieceCounter {

    /** A block of which fewer bytes could be split ends before a rare piece, which the splitter finds. */
    private static final int MOST = AsciiBlock.LENGTH - 16;
    private static final long NOT_ASCII = 0x8080808080808080L;

    private final TokenTable table;
    private final Splitter splitter;
    private final Merges merges;

    PieceCounter(TokenTable table, Splitter splitter) {
        this.table = table;
        this.splitter = splitter;
        this.merges = new Merges(table);
    }

    /** @param to cuts no character, and neither does {@code from} */
    int count(byte[] text, int from, int to) {
        AsciiPieces ascii = to - from < AsciiBlock.LENGTH ? null : splitter.ascii();
        int tokens = 0;
        int at = from;
        while (at < to) {
            int begin = at;
            if (ascii != null && isAscii(text, at)) {
                for (long starts = ascii.starts(text, begin, to); starts != 0; starts &= starts - 1) {
                    int end = begin + Long.numberOfTrailingZeros(starts);
                    tokens += countPiece(text, at, end);
                    at = end;
                }
            }
            if (at - begin < MOST) {
                int end = splitter.end(text, at, to);
                tokens += countPiece(text, at, end);
                at = end;
            }
        }
        return tokens;
    }

    private int countPiece(byte[] text, int from, int to) {
        return table.contains(text, from, to) ? 1 : merges.count(text, from, to);
    }

    /** Whether the next block can be read, and begins with some ASCII characters. */
    private static boolean isAscii(byte[] text, int at) {
        return text.length - at >= AsciiBlock.LENGTH && (LittleEndian.longAt(text, at) & NOT_ASCII) == 0;
    }
}
