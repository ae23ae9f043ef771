package dev.openaigateway.rules.yaml;

import dev.openaigateway.problem.InvalidSettingsException;
import dev.openaigateway.problem.Problem;
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
import java.util.stream.Stream;

/**
 * Puts the placeholders of rules, such as {@code {{env:NAME}}}, back into messages in place of their values, since what a variable or a
 * property holds may be a secret. A long value counts anywhere, another one where no letter or digit is beside it that is not so in the rules. Immutable.
 */
public final class WrittenPlaceholders {

    private static final int SHORTEST_SECRET = 4;
    /** A text so long is not part of another word by chance. */
    private static final int LONG = 8;
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]{" + SHORTEST_SECRET + ",})\"");
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
        for (String placeholder : Stream.concat(PlaceholderTexts.in(text).stream(), PlaceholderTexts.words(text).stream()).distinct().toList()) {
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
        return text.length() >= LONG ? Pattern.compile(Pattern.quote(text)) : Pattern.compile("(?<![A-Za-z0-9])" + Pattern.quote(text) + "(?![A-Za-z0-9])");
    }

    /** The problem without values of placeholders. A value that the texts hold as it is stays; a name near to a hidden value is not suggested, nor is one that is hidden. */
    public Problem of(Problem problem) {
        Optional<String> value = problem.value().map(found -> texts.contains(found) ? found : partOf(found).orElseGet(() -> of(found)));
        Optional<String> nearest = problem.nearest().filter(name -> value.equals(problem.value()) && of(name).equals(name));
        return new Problem(problem.source(), of(problem.path()), value, withoutParts(of(problem.requirement())), nearest);
    }

    /** Messages of Java quote a part of what they cannot read. */
    private String withoutParts(String requirement) {
        return QUOTED.matcher(requirement).replaceAll(quoted -> Matcher.quoteReplacement(texts.contains(quoted.group(1)) ? quoted.group()
                : partOf(quoted.group(1)).map(written -> "\"" + written + "\"").orElse(quoted.group())));
    }

    /** The placeholder of a value that holds the text as one of its words, or of a long value that holds it anywhere. */
    private Optional<String> partOf(String text) {
        Pattern word = word(text);
        return placeholders.entrySet().stream().filter(each -> !text.isBlank() && (word.matcher(each.getKey()).find()
                || each.getKey().length() >= LONG && text.length() >= SHORTEST_SECRET && each.getKey().contains(text))).map(Map.Entry::getValue).findFirst();
    }

    /** The same problems without values of placeholders. */
    public InvalidSettingsException of(InvalidSettingsException broken) {
        return placeholders.isEmpty() ? broken : new InvalidSettingsException(broken.problems().stream().map(this::of).toList());
    }
}
