package dev.openaigateway.tokenizer;

import com.knuddels.jtokkit.api.EncodingType;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The encodings that split text into tokens. Each table is loaded once, at first use, in about 0.1 s. Thread-safe. */
public enum Tokenizer {
    O200K_BASE(EncodingType.O200K_BASE, new O200kSplitter()),
    CL100K_BASE(EncodingType.CL100K_BASE, new Cl100kSplitter()),
    P50K_BASE(EncodingType.P50K_BASE, new Gpt2Splitter()),
    R50K_BASE(EncodingType.R50K_BASE, new Gpt2Splitter());

    private final EncodingType type;
    private final Splitter splitter;
    private volatile TokenTable table;

    Tokenizer(EncodingType type, Splitter splitter) {
        this.type = type;
        this.splitter = splitter;
    }

    /**
     * The tokenizer of a model, by the name that clients use. Unknown names get {@link #O200K_BASE}, which all newer models
     * use. The library's own map is not used: it has the wrong table for gpt-4.1 and lacks gpt-5, o1 and gpt-35.
     */
    public static Tokenizer ofModel(String model) {
        String name = model.substring(model.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        if (name.startsWith("ft:")) {
            name = name.substring(3);
        }
        boolean older = name.equals("gpt-4") || name.startsWith("gpt-4-")
                || name.startsWith("gpt-3.5") || name.startsWith("gpt-35") || name.startsWith("text-embedding-");
        return older ? CL100K_BASE : O200K_BASE;
    }

    /**
     * @param override name of an encoding, such as {@code o200k_base}, that overrides the model's own
     * @throws IllegalArgumentException if no encoding has that name
     */
    public static Tokenizer of(String model, Optional<String> override) {
        return override.map(Tokenizer::named).orElseGet(() -> ofModel(model));
    }

    /** @throws IllegalArgumentException if no encoding has that name */
    public static Tokenizer named(String name) {
        return Arrays.stream(values()).filter(each -> each.type.getName().equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("tokenizer \"" + name + "\" is not known; known are "
                        + String.join(", ", names())));
    }

    /** The names that {@link #named} accepts, those of the encodings, such as {@code o200k_base}; in the order of the constants. */
    public static List<String> names() {
        return Arrays.stream(values()).map(each -> each.type.getName()).toList();
    }

    /** Loads the table, so that the first count does not wait for it. Blocks until it is loaded. */
    public void load() {
        table();
    }

    /** Tokens of a text. Special tokens such as {@code <|endoftext|>} count as plain text. */
    public int count(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return count(bytes, 0, bytes.length);
    }

    /** Tokens of a text in UTF-8; {@code from} and {@code to} cut no character. */
    public int count(byte[] text, int from, int to) {
        return new PieceCounter(table(), splitter).count(text, from, to);
    }

    private TokenTable table() {
        TokenTable loaded = table;
        return loaded != null ? loaded : loadTable();
    }

    private synchronized TokenTable loadTable() {
        if (table == null) {
            table = TokenTable.load(type);
        }
        return table;
    }
}
