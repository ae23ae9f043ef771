package dev.openaigateway.config.load;

import dev.openaigateway.problem.DidYouMean;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names that are nearly those of files with settings or routes. */
final class FileNameSlip {

    private static final String YAML = "[._-]y[aml]{1,3}";
    private static final Pattern ROUTES = Pattern.compile("(.+)[._-]camel" + YAML, Pattern.CASE_INSENSITIVE);
    private static final Pattern PLAIN = Pattern.compile("(.+)" + YAML, Pattern.CASE_INSENSITIVE);
    /** Other files may lie beside, so the beginning of a route has to be in them. */
    private static final Pattern ROUTE = Pattern.compile("(?m)^ *- (route|from|routeConfiguration|beans):");
    private static final String SETTINGS = "instances";
    /** The route files that every gateway has; without one of them on disk, that in the jar serves. */
    private static final List<String> LIVE = List.of("routing", "events");
    private static final String EXTENSION = ".camel.yaml";

    private FileNameSlip() {
    }

    /** The name that a file beside the settings should have; empty if it is read, or is no concern of the gateway. */
    static Optional<String> besideSettings(Path file) {
        String name = file.getFileName().toString();
        Matcher plain = PLAIN.matcher(name);
        if (!ROUTES.matcher(name).matches() && plain.matches()) {
            String stem = plain.group(1);
            int overlay = stem.indexOf('-') < 0 ? stem.length() : stem.indexOf('-');
            if (isNear(stem.substring(0, overlay), SETTINGS)) {
                return unless(name, SETTINGS + stem.substring(overlay) + ".yaml");
            }
            Optional<String> live = LIVE.stream().filter(known -> isNear(stem, known)).findFirst();
            if (live.isPresent()) {
                return live.map(known -> known + EXTENSION);
            }
        }
        return besideRules(file);
    }

    /** The name that a file beside rules should have; empty if it is read, or is no concern of the gateway. */
    static Optional<String> besideRules(Path file) {
        String name = file.getFileName().toString();
        Matcher routes = ROUTES.matcher(name);
        if (routes.matches()) {
            return unless(name, routes.group(1) + EXTENSION);
        }
        Matcher plain = PLAIN.matcher(name);
        return plain.matches() && hasRoute(file) ? Optional.of(plain.group(1) + EXTENSION) : Optional.empty();
    }

    /** Whether the name is that of a file with routes, or nearly that. */
    static boolean isOfRoutes(Path file) {
        return ROUTES.matcher(file.getFileName().toString()).matches();
    }

    static boolean isNear(String word, String known) {
        return word.equalsIgnoreCase(known) || DidYouMean.typo(word, List.of(known)).isPresent();
    }

    private static Optional<String> unless(String name, String right) {
        return right.equals(name) ? Optional.empty() : Optional.of(right);
    }

    private static boolean hasRoute(Path file) {
        try {
            return ROUTE.matcher(RegularFile.text(file, RegularFile.LARGEST_ROUTES)).find();
        } catch (IOException e) {
            return false;
        }
    }
}
