package dev.openaigateway.config.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What a folder must hold for a check to say anything: each file that is missing is taken from the jar, so a wrong folder would have no problem. */
public final class FolderLayout {

    private static final String ROUTES = "routes";
    private static final String SETTINGS = "instances(-[^/]+)?\\.yaml";
    private static final List<String> ELSEWHERE = List.of("GATEWAY_CONFIG", "FOAP_CONFIG_DIR", "AZURE_PROXY_CONFIG", "API_INSTANCES", "API_BASE");

    private FolderLayout() {
    }

    /**
     * Returns why a check of the folder would not read what it has, in a sentence; empty if it would.
     *
     * @param variables the environment variables, which may have settings or name them
     */
    public static Optional<String> obstacle(Path folder, Map<String, String> variables) {
        Path absolute = folder.toAbsolutePath().normalize();
        String name = folder.toString().isEmpty() ? absolute.toString() : folder.toString();
        if (!Files.isDirectory(absolute)) {
            return Optional.of("The folder '" + name + "' does not exist.");
        }
        Environment environment = new Environment(variables, absolute);
        if (RegularFile.isThere(absolute.resolve(ROUTES)) || ELSEWHERE.stream().anyMatch(variable -> environment.variable(variable).isPresent())) {
            return Optional.empty();
        }
        if (files(absolute).anyMatch(FolderLayout::belongsToRoutes)) {
            return Optional.of(absolute.endsWith(ROUTES) ? "The folder '" + name + "' holds route files; check the folder around it, '" + absolute.getParent() + "'."
                    : "The settings and route files in '" + name + "' are not read; put them into a folder 'routes' in it.");
        }
        return RegularFile.isThere(absolute.resolve("application.properties")) ? Optional.empty()
                : Optional.of("The folder '" + name + "' has neither a folder 'routes' nor application.properties, so nothing in it would be checked.");
    }

    private static boolean belongsToRoutes(Path file) {
        return file.getFileName().toString().matches(SETTINGS) || FileNameSlip.isOfRoutes(file);
    }

    private static Stream<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList().stream();
        } catch (IOException e) {
            return Stream.empty();
        }
    }
}
