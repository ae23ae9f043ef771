package dev.openaigateway.config.load;

import dev.openaigateway.problem.DidYouMean;
import dev.openaigateway.problem.Problem;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds names with the gateway's prefix that the gateway does not have, and with Camel's that Camel ignores; a name that a route file uses as a placeholder is known. */
final class PropertyNames {

    private static final String PREFIX = "events.";
    private static final List<String> VARIABLE_PREFIXES = List.of("EVENTS_WEBHOOK_", "EVENTS_SQL_");

    private final Environment environment;
    private final Set<String> known = new TreeSet<>();

    PropertyNames(Environment environment) throws IOException {
        this.environment = environment;
        GatewayProperties.ofJar().stringPropertyNames().stream().filter(key -> key.startsWith(PREFIX)).forEach(known::add);
    }

    List<Problem> inFile(Path file) throws IOException {
        List<Problem> problems = new ArrayList<>();
        List<String> lines = Files.readAllLines(file);
        for (int i = 0; i < lines.size(); i++) {
            String key = PropertyLines.key(lines, i);
            if (key.startsWith(PREFIX) && !known.contains(key) && !isUsed(key, lines)) {
                problems.add(new Problem(environment.describe(file) + ":" + (i + 1), key, Optional.empty(),
                        "is not a key of the gateway (" + String.join(", ", known) + "), and no route uses it", DidYouMean.name(key, known)));
            }
            Optional<Problem> ignored = CamelGroups.unknown(environment.describe(file) + ":" + (i + 1), key);
            if (ignored.isPresent() && !isUsed(key, lines)) {
                problems.add(ignored.get());
            }
        }
        return problems;
    }

    /** A variable that only begins like those of the gateway may be another program's, so it has to be close to one of them. */
    List<Problem> inVariables() throws IOException {
        Set<String> names = known.stream().map(key -> key.toUpperCase(Locale.ROOT).replace('.', '_')).collect(Collectors.toCollection(TreeSet::new));
        List<Problem> problems = new ArrayList<>();
        for (String variable : new TreeSet<>(environment.variables().keySet())) {
            boolean wrong = VARIABLE_PREFIXES.stream().anyMatch(variable::startsWith)
                    || variable.startsWith("EVENT") && DidYouMean.slip(variable, names).isPresent();
            if (wrong && !names.contains(variable) && environment.variable(variable).isPresent()
                    && !isUsed(variable.toLowerCase(Locale.ROOT).replace('_', '.'), List.of())) {
                problems.add(new Problem(Origin.ENVIRONMENT, variable, Optional.empty(), "sets no key of the gateway ("
                        + String.join(", ", names) + "), and no route uses it", DidYouMean.name(variable, names)));
            }
            CamelGroups.unknownVariable(variable).filter(ignored -> environment.variable(variable).isPresent()).ifPresent(problems::add);
        }
        return problems;
    }

    private boolean isUsed(String key, List<String> lines) throws IOException {
        // A variable has the same letters for a dot and a hyphen.
        Pattern placeholder = Pattern.compile("\\{\\{\\??" + Pattern.quote(key).replace(".", "\\E[.-]\\Q") + "[:}]");
        if (lines.stream().anyMatch(line -> placeholder.matcher(line).find())) {
            return true;
        }
        Path folder = environment.path("routes");
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.walk(folder, 2)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".camel.yaml")).toList()) {
                if (placeholder.matcher(RegularFile.text(file, RegularFile.LARGEST_ROUTES)).find()) {
                    return true;
                }
            }
        }
        return false;
    }
}
