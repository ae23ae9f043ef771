package dev.openaigateway.rules.classes;

import dev.openaigateway.config.load.Environment;
import dev.openaigateway.config.load.PropertyFiles;
import dev.openaigateway.problem.DidYouMean;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Says where a property is written that names a component, data format or language which is not there. Camel's own message has no line. */
public final class UnknownComponent {

    private static final Pattern FAILED = Pattern.compile("Error configuring property: (\\S+) because cannot find (component|dataformat|language) with name (\\S+)\\. ");
    /** Those of which the gateway's documents name properties. */
    private static final List<String> USUAL = List.of("http", "https", "platform-http", "properties", "upstream");

    private UnknownComponent() {
    }

    /** The problem in one line; empty if something else has failed. */
    public static Optional<String> message(Environment environment, Throwable thrown) {
        return Stream.iterate(thrown, at -> at != null, Throwable::getCause).flatMap(at -> Optional.ofNullable(at.getMessage()).stream())
                .map(FAILED::matcher).filter(Matcher::find).findFirst()
                .map(failed -> PropertyFiles.place(environment, failed.group(1)) + " names the " + failed.group(2) + " " + failed.group(3) + ", which is not there"
                        + (failed.group(2).equals("component") ? DidYouMean.clause(failed.group(3), USUAL).orElse("") : ""));
    }
}
