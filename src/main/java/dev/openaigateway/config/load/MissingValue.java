package dev.openaigateway.config.load;

import dev.openaigateway.problem.DidYouMean;
import dev.openaigateway.problem.Problem;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Says which placeholder of {@code application.properties} has no value, and where it is written. Camel's own message has neither file nor line. */
public final class MissingValue {

    /** What Camel says of each failed placeholder, perhaps behind the name of the route that needs it. */
    private static final Pattern FAILED = Pattern.compile("Property with key \\[(?:(env):)?([^\\]]+)] ");

    private MissingValue() {
    }

    /** The problem in one line, with the nearest name that has a value; empty if something else has failed, or the placeholder is in no file of properties. */
    public static Optional<String> message(Environment environment, Throwable thrown) {
        return Stream.iterate(thrown, at -> at != null, Throwable::getCause).flatMap(at -> Optional.ofNullable(at.getMessage()).stream())
                .map(FAILED::matcher).filter(Matcher::find).findFirst()
                .flatMap(failed -> inFile(environment, failed.group(1) != null, failed.group(2))).map(Problem::message);
    }

    /** As {@link #message}, for a value whose placeholder Camel replaces only when it is used. */
    static Problem of(Environment environment, PropertyValues.Missing missing) {
        return inFile(environment, missing.isVariable(), missing.name())
                .orElseGet(() -> problem(environment, missing.origin().location(), missing.origin().path(), missing.isVariable(), missing.name()));
    }

    private static Optional<Problem> inFile(Environment environment, boolean variable, String name) {
        Pattern placeholder = Pattern.compile("\\{\\{" + (variable ? "env:" : "") + Pattern.quote(name) + "}}");
        return PropertyFiles.there(environment).stream().flatMap(file -> {
            List<String> lines = PropertyFiles.lines(environment, file);
            return IntStream.range(0, lines.size()).filter(line -> placeholder.matcher(lines.get(line)).find()).boxed()
                    .map(line -> problem(environment, environment.describe(file) + ":" + (line + 1), PropertyLines.entry(lines, line), variable, name));
        }).findFirst();
    }

    private static Problem problem(Environment environment, String source, String key, boolean variable, String name) {
        return new Problem(source, key, Optional.empty(),
                variable ? "needs the environment variable " + name + ", which is not set (or write {{env:" + name + ":default}})"
                        : "needs the property " + name + ", which is not set (or write {{" + name + ":default}})",
                DidYouMean.slip(name, variable ? environment.variables().keySet() : properties(environment)));
    }

    private static Set<String> properties(Environment environment) {
        return PropertyFiles.there(environment).stream().map(file -> PropertyFiles.lines(environment, file))
                .flatMap(lines -> IntStream.range(0, lines.size()).mapToObj(line -> PropertyLines.key(lines, line)))
                .filter(key -> !key.isEmpty()).collect(Collectors.toSet());
    }
}
