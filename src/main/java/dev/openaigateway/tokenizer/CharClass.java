package dev.openaigateway.tokenizer;

/** The classes of characters that the encodings' patterns tell apart, as bits. The text is UTF-8 that has been checked. */
final class CharClass {

    /** Upper and title case. */
    static final int UPPER = 1;
    static final int LOWER = 2;
    /** Letters without case. */
    static final int CASELESS = 4;
    static final int MARK = 8;
    static final int NUMBER = 16;
    static final int SPACE = 32;
    /** CR and LF, which are also {@link #SPACE}. */
    static final int NEWLINE = 64;
    static final int OTHER = 128;
    static final int LETTER = UPPER | LOWER | CASELESS;

    private static final short[] BY_TYPE = new short[32];
    private static final short[] ASCII = new short[128];

    static {
        for (int type = 0; type < BY_TYPE.length; type++) {
            BY_TYPE[type] = (short) ofType(type);
        }
        for (int c = 0; c < ASCII.length; c++) {
            ASCII[c] = (short) (c == '\n' || c == '\r' ? SPACE | NEWLINE : c >= '\t' && c <= '\r' ? SPACE : ofType(Character.getType(c)));
        }
    }

    private CharClass() {
    }

    /** The class of the character at an index. */
    static int at(byte[] text, int at) {
        byte lead = text[at];
        return lead >= 0 ? ASCII[lead] : ofCodePoint(codePoint(text, at, lead));
    }

    /** Bytes of the character that begins with this byte. */
    static int width(byte lead) {
        return lead >= 0 ? 1 : lead < (byte) 0xE0 ? 2 : lead < (byte) 0xF0 ? 3 : 4;
    }

    private static int codePoint(byte[] text, int at, byte lead) {
        return switch (width(lead)) {
            case 2 -> (lead & 0x1F) << 6 | text[at + 1] & 0x3F;
            case 3 -> (lead & 0x0F) << 12 | (text[at + 1] & 0x3F) << 6 | text[at + 2] & 0x3F;
            default -> (lead & 0x07) << 18 | (text[at + 1] & 0x3F) << 12 | (text[at + 2] & 0x3F) << 6 | text[at + 3] & 0x3F;
        };
    }

    private static int ofCodePoint(int codePoint) {
        return codePoint == 0x85 ? SPACE : BY_TYPE[Character.getType(codePoint)];
    }

    private static int ofType(int type) {
        return switch ((byte) type) {
            case Character.UPPERCASE_LETTER, Character.TITLECASE_LETTER -> UPPER;
            case Character.LOWERCASE_LETTER -> LOWER;
            case Character.MODIFIER_LETTER, Character.OTHER_LETTER -> CASELESS;
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK -> MARK;
            case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER -> NUMBER;
            case Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> SPACE;
            default -> OTHER;
        };
    }
}
