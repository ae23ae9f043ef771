package dev.openaigateway.config;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * How the values that placeholders gave to settings are written in the files, such as {@code ${MODEL}}. A message that lists names shows
 * them so: what a variable or a file holds may be a secret. Immutable.
 *
 * @param texts the written texts by value
 */
public record WrittenValues(Map<String, String> texts) {

    public WrittenValues {
        texts = Map.copyOf(texts);
    }

    /**
     * Adds one value. A text of several values, with commas between them, gives its text to each of them that it does not hold itself.
     *
     * @param text  as written
     * @param value the same with its placeholders replaced
     */
    public static void add(Map<String, String> texts, String text, String value) {
        put(texts, text.strip(), value.strip());
        List<String> literal = List.of(text.split("\\s*,\\s*"));
        for (String part : value.split(",")) {
            if (!literal.contains(part.strip())) {
                put(texts, text.strip(), part.strip());
            }
        }
    }

    private static void put(Map<String, String> texts, String written, String value) {
        if (!value.isEmpty() && !value.equals(written)) {
            texts.putIfAbsent(value, written);
        }
    }

    /** The text that stands for a value in messages: as it is written if a placeholder gave it, else the value itself. */
    public String of(String value) {
        return texts.getOrDefault(value, value);
    }

    /** The texts of these values, sorted by text: the order of the values would tell something of them. */
    public List<String> of(Collection<String> values) {
        return values.stream().map(this::of).distinct().sorted().toList();
    }

    /** Omits the values, since some of them are secrets. */
    @Override
    public String toString() {
        return "WrittenValues[" + texts.size() + "]";
    }
}
