package dev.openaigateway.tokenizer;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.EncodingType;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The encodings that split text into tokens. Each table is loaded once, at first use, in about 0.3 s. Thread-safe. */
public enum Tokenizer {
    O200K_BASE(EncodingType.O200K_BASE),
    CL100K_BASE(EncodingType.CL100K_BASE),
    P50K_BASE(EncodingType.P50K_BASE),
    R50K_BASE(EncodingType.R50K_BASE);

    private final EncodingType type;
    private final WordCounts words = new WordCounts(this::countUncached);

    Tokenizer(EncodingType type) {
        this.type = type;
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

    /** The names that {@link #named} accepts. */
    public static List<String> names() {
        return Arrays.stream(values()).map(each -> each.type.getName()).toList();
    }

    /** Loads the tables, so that the first count does not wait for them. Blocks until they are loaded. */
    public void load() {
        encoding();
    }

    /** Tokens of a short text. Special tokens such as {@code <|endoftext|>} count as plain text. */
    int count(String text) {
        return words.count(text);
    }

    /** As {@link #count}, without the cache of words. */
    int countUncached(String text) {
        return encoding().countTokensOrdinary(text);
    }

    private Encoding encoding() {
        return Tables.REGISTRY.getEncoding(type);
    }

    private static final class Tables {
        static final EncodingRegistry REGISTRY = Encodings.newLazyEncodingRegistry();
    }
}
