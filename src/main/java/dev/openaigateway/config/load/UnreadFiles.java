package dev.openaigateway.config.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Files in the folder {@code routes} that look like settings or rules, but are not read because of their names. */
final class UnreadFiles {

    private static final Pattern SETTINGS = Pattern.compile("instances(-[^.]+)?\\.yml");
    private static final Pattern ROUTES = Pattern.compile(".+\\.camel\\.yml");
    /** Other files may lie beside the rules, so the beginning of a route has to be in them. */
    private static final Pattern PLAIN = Pattern.compile(".+(?<!\\.camel)\\.ya?ml");
    private static final Pattern ROUTE = Pattern.compile("(?m)^ *- (route|from|routeConfiguration|beans):");

    private UnreadFiles() {
    }

    /** @throws InvalidSettingsException with each of these files, and the name it should have */
    static void refuse(Environment environment) throws InvalidSettingsException {
        List<Problem> problems = new ArrayList<>();
        for (Path file : in(environment.path("routes"))) {
            String name = file.getFileName().toString();
            if (SETTINGS.matcher(name).matches() || ROUTES.matcher(name).matches()) {
                problems.add(problem(environment, file, name.replaceFirst("\\.yml$", ".yaml")));
            }
        }
        for (Path file : in(environment.path("routes/rules"))) {
            String name = file.getFileName().toString();
            if (ROUTES.matcher(name).matches() || PLAIN.matcher(name).matches() && hasRoute(file)) {
                problems.add(problem(environment, file, name.replaceFirst("(\\.camel)?\\.ya?ml$", ".camel.yaml")));
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
    }

    private static Problem problem(Environment environment, Path file, String right) {
        return new Problem(environment.describe(file), "", Optional.empty(), "is not read because of its name", Optional.of(right));
    }

    private static List<Path> in(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static boolean hasRoute(Path file) {
        try {
            return ROUTE.matcher(Files.readString(file)).find();
        } catch (IOException e) {
            return false;
        }
    }
}
