package dev.openaigateway.rules.yaml;

import dev.openaigateway.config.load.InvalidSettingsException;
import dev.openaigateway.config.load.Problem;
import org.apache.camel.CamelContext;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts the placeholders of rules, such as {@code {{env:NAME}}}, back into messages in place of their values, since what a variable or a
 * property holds may be a secret. A value counts where no letter or digit is beside it. Immutable.
 */
public final class WrittenPlaceholders {

    private static final int SHORTEST_SECRET = 4;
    static final WrittenPlaceholders NONE = new WrittenPlaceholders(Map.of(), "");

    /** The placeholders by their values, the longest value first. */
    private final Map<String, String> placeholders = new TreeMap<>(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));
    private final String texts;

    private WrittenPlaceholders(Map<String, String> placeholders, String texts) {
        this.placeholders.putAll(placeholders);
        this.texts = texts;
    }

    /** The placeholders in these texts that have a value. */
    public static WrittenPlaceholders in(Collection<String> texts, CamelContext context) {
        Map<String, String> found = new LinkedHashMap<>();
        texts.forEach(text -> find(text, context, found));
        return new WrittenPlaceholders(found, String.join("\n", texts));
    }

    private static void find(String text, CamelContext context, Map<String, String> found) {
        for (String placeholder : PlaceholderTexts.in(text)) {
            try {
                // Null for an optional placeholder, {{?NAME}}, without a value.
                String value = context.resolvePropertyPlaceholders(placeholder);
                if (value != null && !value.isBlank()) {
                    found.putIfAbsent(value.strip(), placeholder);
                }
            } catch (RuntimeException noValue) {
                // reported where it is used
            }
        }
    }

    /** Both together. */
    WrittenPlaceholders and(WrittenPlaceholders others) {
        Map<String, String> all = new LinkedHashMap<>(placeholders);
        all.putAll(others.placeholders);
        return new WrittenPlaceholders(all, texts + "\n" + others.texts);
    }

    /** The message with placeholders in place of their values. */
    public String of(String message) {
        return of(message, value -> true);
    }

    /** A text about requests, as {@link #of(String)}. Values that are too short for a secret stay, and those that the texts of the rules hold as they are. */
    public String hiding(String text) {
        return of(text, value -> value.length() >= SHORTEST_SECRET && !texts.contains(value));
    }

    private String of(String message, Predicate<String> isHidden) {
        String written = message;
        for (Map.Entry<String, String> each : placeholders.entrySet()) {
            if (written.contains(each.getKey()) && isHidden.test(each.getKey())) {
                written = word(each.getKey()).matcher(written)
                        .replaceAll(Matcher.quoteReplacement(each.getValue()));
            }
        }
        return written;
    }

    private static Pattern word(String text) {
        return Pattern.compile("(?<![A-Za-z0-9])" + Pattern.quote(text) + "(?![A-Za-z0-9])");
    }

    /** The problem without values of placeholders. A value that the texts hold as it is stays; a name near to a hidden value is not suggested, nor is one that is hidden. */
    public Problem of(Problem problem) {
        Optional<String> value = problem.value().map(found -> texts.contains(found) ? found : partOf(found).orElseGet(() -> of(found)));
        Optional<String> nearest = problem.nearest().filter(name -> value.equals(problem.value()) && of(name).equals(name));
        return new Problem(problem.source(), of(problem.path()), value, of(problem.requirement()), nearest);
    }

    /** The placeholder of a value that holds the text, as one of its words. */
    private Optional<String> partOf(String text) {
        Pattern word = word(text);
        return placeholders.entrySet().stream().filter(each -> !text.isBlank() && word.matcher(each.getKey()).find()).map(Map.Entry::getValue).findFirst();
    }

    /** The same problems without values of placeholders. */
    public InvalidSettingsException of(InvalidSettingsException broken) {
        return placeholders.isEmpty() ? broken : new InvalidSettingsException(broken.problems().stream().map(this::of).toList());
    }
}
