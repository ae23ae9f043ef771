package dev.openaigateway.tokenizer;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.EncodingType;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How a model cuts text into tokens. The tables are loaded at first use, once, and take some 0.3 s each. */
public enum Tokenizer {
    O200K_BASE(EncodingType.O200K_BASE),
    CL100K_BASE(EncodingType.CL100K_BASE),
    P50K_BASE(EncodingType.P50K_BASE),
    R50K_BASE(EncodingType.R50K_BASE);

    private final EncodingType type;
    private final WordCounts words = new WordCounts(this::countAnew);

    Tokenizer(EncodingType type) {
        this.type = type;
    }

    /**
     * The tokenizer of a model as clients name it. Unknown names get {@link #O200K_BASE}, the one of all newer models.
     * The library's own map is not used: it gives gpt-4.1 the wrong table and knows no gpt-5, o1 or gpt-35.
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
     * @param override name of an encoding, such as {@code o200k_base}, that goes before the model's own
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

    /** Loads the tables, so that the first count does not wait for them. Returns when that is done. */
    public void load() {
        encoding();
    }

    /** Tokens of a short text. Special tokens such as {@code <|endoftext|>} count as the plain text they are. */
    int count(String text) {
        return words.count(text);
    }

    /** The same without what is known of words. */
    int countAnew(String text) {
        return encoding().countTokensOrdinary(text);
    }

    private Encoding encoding() {
        return Tables.REGISTRY.getEncoding(type);
    }

    private static final class Tables {
        static final EncodingRegistry REGISTRY = Encodings.newLazyEncodingRegistry();
    }
}
