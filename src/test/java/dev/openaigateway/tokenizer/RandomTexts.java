package dev.openaigateway.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Random texts of words of many scripts, code, numbers, emoji, white space, contractions and any other character. */
final class RandomTexts {

    /** Pieces of a text. */
    static final int PIECES = 12;

    private static final String[] WORDS = {
            "a", "B", "the", "THE", "Word", "camelCase", "XMLHttpRequest", "we'll", "'s", "'S", "'\u017f", "don't", "'LL", "'ve", "'rE", "'d", "'",
            " ", "  ", "    ", "\n", "\r\n", " \n", "\n\n  ", "\t", "\u000b", "\u0085", "\u00a0", "\u2003", "\u2028", "\u3000", "\u180e", "\u200b",
            "1", "12", "12345", "3.14", "½", "Ⅷ", "٣٤", ".", "!?", "-", "_", "\"", "/", "//", "/\n/", "://", "){\n", "});\n", "+=", "===", "{\"id\":",
            "é", "e\u0301", "\u0301", "E\u0301A", "A\u0301B", "ß", "İ", "ǅ", "ʰ", "ª", "日本", "語 ", "中文字符编码", "ありがとう", "カタカナ", "한국어",
            "русский", "Язык", "ΕΛΛΗΝΙΚΑ", "ελληνικά", "عربي", "עברית", "हिन्दी", "ไทย", "ქართული", "Việt", "łódź", "naïve",
            "😀", "👨\u200d👩\u200d👧", "🇩🇪", "\ufe0f", "\u20e3", "𝒳", "𐐀", "𐐨", "𠀀", "\ud800", "\udc00", "\ufffd", "\u0000", "\u007f",
            "public static void main(String[] args) {", "for (int i = 0; i < n; i++)", "    return x;", "SELECT * FROM t WHERE id='7'",
            "<|endoftext|>", "<div class=\"x\">", "https://example.com/a/b?c=d&e=%20f", "antidisestablishmentarianism", "zzzzqqqqxxxxkkkk"};

    private final Random random;

    RandomTexts(long seed) {
        random = new Random(seed);
    }

    String next() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < PIECES; i++) {
            append(text);
        }
        return text.toString();
    }

    private void append(StringBuilder text) {
        switch (random.nextInt(16)) {
            case 0 -> text.appendCodePoint(random.nextInt(Character.MAX_CODE_POINT + 1));
            case 1 -> text.append((char) random.nextInt(0x3000));
            case 2 -> text.append((char) random.nextInt(0x80));
            case 3 -> text.append(word().repeat(1 + random.nextInt(random.nextInt(50) == 0 ? 60 : 4)));
            case 4, 5, 6 -> text.append(' ').append(word());
            default -> text.append(word());
        }
    }

    private String word() {
        return WORDS[random.nextInt(WORDS.length)];
    }

    static String withoutUnpaired(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.chars().forEach(c -> escaped.append(c < ' ' || c > '~' ? "\\u%04x".formatted(c) : (char) c));
        return escaped.length() <= 1000 ? escaped.toString() : escaped.substring(0, 1000) + "...";
    }
}
