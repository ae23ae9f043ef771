package dev.openaigateway.config.load;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;

/**
 * Finds the model named by the suffix of a variable such as {@code MODEL_MAP_GPT4O}. A suffix with a hyphen is the name
 * itself, in lower case. Any other is compared, by letters and digits only, with the models of the instances and then with
 * some well-known names. Without a match, the name is the suffix in lower case with hyphens for underscores.
 */
final class ModelNames {

    private static final Map<String, String> WELL_KNOWN = Map.of(
            "gpt4o", "gpt-4o",
            "gpt35turbo", "gpt-3.5-turbo",
            "deepseekr1", "deepseek-r1");

    private ModelNames() {
    }

    static String of(String suffix, Collection<String> supported) {
        String lower = suffix.toLowerCase(Locale.ROOT);
        if (lower.contains("-")) {
            return lower;
        }
        return supported.stream()
                .filter(model -> bare(model).equals(bare(lower)))
                .findFirst()
                .orElseGet(() -> WELL_KNOWN.getOrDefault(bare(lower), lower.replace('_', '-')));
    }

    private static String bare(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }
}
