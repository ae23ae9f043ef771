package dev.openaigateway.config.load;

import dev.openaigateway.problem.DidYouMean;
import dev.openaigateway.problem.Problem;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The groups of Camel's keys, such as {@code camel.main}. Camel ignores the keys of other groups without a word; it refuses unknown keys of these. */
final class CamelGroups {

    static final List<String> NAMES = List.of("beans", "component", "context", "dataformat", "debug", "devConsole", "faulttolerance", "globalOptions",
            "health", "jbang", "kamelet", "language", "lra", "main", "management", "mdc", "metrics", "opentelemetry", "opentelemetry2", "resilience4j", "rest",
            "routeController", "routeTemplate", "server", "ssl", "startupcondition", "telemetryDev", "threadpool", "trace", "variable", "vault");

    private static final List<String> KNOWN = NAMES.stream().map(name -> "camel." + name).toList();
    private static final Pattern KEY = Pattern.compile("(camel\\.[\\w-]+)([.\\[].*)?");
    private static final Pattern VARIABLE = Pattern.compile("CAMEL_([A-Z0-9]{6,})_.+");

    private CamelGroups() {
    }

    /** The problem of a key of Camel in a file; empty if its group is known, or it is none of Camel's. */
    static Optional<Problem> unknown(String location, String key) {
        Matcher parts = KEY.matcher(key);
        return !parts.matches() || KNOWN.stream().anyMatch(parts.group(1).replace("-", "")::equalsIgnoreCase) ? Optional.empty()
                : Optional.of(problem(location, key, DidYouMean.name(parts.group(1), KNOWN)));
    }

    /** As {@link #unknown}, for a variable. It may be another program's, so its group has to be close to a known one. */
    static Optional<Problem> unknownVariable(String variable) {
        Matcher parts = VARIABLE.matcher(variable);
        return !parts.matches() ? Optional.empty() : DidYouMean.typo(parts.group(1), NAMES.stream().map(name -> name.toUpperCase(Locale.ROOT)).toList())
                .map(nearest -> problem(Origin.ENVIRONMENT, variable, Optional.of("CAMEL_" + nearest)));
    }

    private static Problem problem(String source, String key, Optional<String> nearest) {
        return new Problem(source, key, Optional.empty(), "is ignored by Camel, which has no such group of keys", nearest);
    }
}
