package dev.openaigateway.fallback;

import dev.openaigateway.problem.DidYouMean;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** A kind of failure after which a rule may ask another model. */
public enum FallbackTrigger {

    /** What makes the gateway ask the next instance: no response, an error of the instance, a limit, an open breaker. */
    ERROR,
    /** The prompt is too long for the model. */
    CONTEXT_LENGTH,
    /** The model's content filter refused the prompt. */
    CONTENT_FILTER,
    /** A token limit is exhausted: that of the client, of an instance, or one that the upstream reported with a 429. */
    BUDGET;

    private static final String ANY = "any";
    private static final List<String> NAMES =
            Stream.concat(Arrays.stream(values()).map(FallbackTrigger::label), Stream.of(ANY)).toList();

    /** The name in rules, such as {@code context_length}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads the value of {@code when}.
     *
     * @param list names separated by commas or bars; {@code any} stands for all
     * @throws IllegalArgumentException if a name is unknown or there is none; the message has the known names
     */
    public static Set<FallbackTrigger> parse(String list) {
        EnumSet<FallbackTrigger> triggers = EnumSet.noneOf(FallbackTrigger.class);
        for (String part : list.split("[,|]")) {
            String name = part.strip().toLowerCase(Locale.ROOT).replace('-', '_');
            if (name.equals(ANY)) {
                triggers.addAll(EnumSet.allOf(FallbackTrigger.class));
            } else if (NAMES.contains(name)) {
                triggers.add(valueOf(name.toUpperCase(Locale.ROOT)));
            } else {
                String nearest = DidYouMean.clause(name, NAMES).orElse("");
                throw new IllegalArgumentException("when \"" + part.strip() + "\" must be one of " + String.join(", ", NAMES) + nearest);
            }
        }
        return Collections.unmodifiableSet(triggers);
    }
}
