package dev.openaigateway.rules.language;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What to write in place of functions that other languages and later versions of Camel have. */
public final class OtherFunctions {

    private static final Map<String, String> METHODS = Map.of("uppercase", "toUpperCase()", "upper", "toUpperCase()", "lowercase", "toLowerCase()", "lower", "toLowerCase()",
            "trim", "trim()", "length", "length()", "contains", "contains('a')");

    private OtherFunctions() {
    }

    /** The end of a sentence about the function; empty if there is nothing to advise. */
    public static Optional<String> advice(String function) {
        String name = function.toLowerCase(Locale.ROOT);
        return name.equals("concat") ? Optional.of("; write one value behind the other, as in ${header.a}${header.b}") : Optional.ofNullable(METHODS.get(name))
                .map(method -> "; call a method, as in ${header.a." + method + "} or ${bodyAs(String)." + method + "}");
    }
}
