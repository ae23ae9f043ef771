package dev.openaigateway.config.load;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;

/**
 * Finds the model that the end of a variable such as {@code MODEL_MAP_GPT4O} means. A name with a hyphen is taken as it
 * is, in lower case. Any other is compared by its letters and digits alone with the models that the instances support,
 * then with a few well-known names; failing that it is taken in lower case with hyphens for underscores.
 */
final class ModelNames {

    private static final Map<String, String> WELL_KNOWN = Map.of(
            "gpt4o", "gpt-4o",
            "gpt35turbo", "gpt-3.5-turbo",
            "deepseekr1", "deepseek-r1");

    private ModelNames() {
    }

    static String of(String variableEnd, Collection<String> supported) {
        String lower = variableEnd.toLowerCase(Locale.ROOT);
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
