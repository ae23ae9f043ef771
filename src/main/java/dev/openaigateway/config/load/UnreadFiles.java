package dev.openaigateway.config.load;

import dev.openaigateway.problem.InvalidSettingsException;
import dev.openaigateway.problem.Problem;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What lies in the folder {@code routes} and looks like settings or rules, but is not read because of its name, its place or its kind. */
final class UnreadFiles {

    private static final String RULES = "rules";

    private final Environment environment;
    private final Map<Path, Problem> found = new TreeMap<>();

    private UnreadFiles(Environment environment) {
        this.environment = environment;
    }

    /** @throws InvalidSettingsException with each of these files, and the name it should have */
    static void refuse(Environment environment) throws InvalidSettingsException {
        Map<Path, Problem> found = in(environment);
        if (!found.isEmpty()) {
            throw new InvalidSettingsException(List.copyOf(found.values()));
        }
    }

    /** What is wrong with each of these files. */
    static Map<Path, Problem> in(Environment environment) {
        UnreadFiles files = new UnreadFiles(environment);
        files.collect();
        return files.found;
    }

    private void collect() {
        Path routes = environment.path("routes");
        requireReadable(routes);
        for (Path entry : entries(routes)) {
            String name = entry.getFileName().toString();
            if (!Files.isDirectory(entry)) {
                file(entry, FileNameSlip.besideSettings(entry));
            } else if (name.equals(RULES)) {
                rules(entry);
            } else if (FileNameSlip.isNear(name, RULES) && entries(entry).stream().anyMatch(UnreadFiles::looksLikeRules)) {
                add(entry, "is not read because of its name", Optional.of(RULES));
            }
        }
    }

    /** What is in a folder that cannot be read would look as if it had been left out. */
    private void requireReadable(Path folder) {
        if (Files.isDirectory(folder) && !(Files.isReadable(folder) && Files.isExecutable(folder))) {
            add(folder, "is a folder that cannot be read: the user of this process has no permission to list and enter it", Optional.empty());
        }
    }

    private void rules(Path folder) {
        requireReadable(folder);
        for (Path entry : entries(folder)) {
            if (Files.isDirectory(entry)) {
                entries(entry).stream().filter(UnreadFiles::looksLikeRules).forEach(file ->
                        add(file, "is not read because of its place: rules are in the folder '" + RULES + "', not in folders below it", Optional.empty()));
            } else {
                file(entry, FileNameSlip.besideRules(entry));
            }
        }
    }

    private static boolean looksLikeRules(Path file) {
        return FileNameSlip.isOfRoutes(file) || FileNameSlip.besideRules(file).isPresent();
    }

    private void file(Path file, Optional<String> right) {
        try {
            if (FileNameSlip.isOfRoutes(file)) {
                RegularFile.requireRegular(file);
            }
            if (right.isPresent()) {
                add(file, "is not read because of its name", right);
            }
        } catch (UnfitFileException e) {
            add(file, e.getMessage(), Optional.empty());
        }
    }

    private void add(Path file, String requirement, Optional<String> right) {
        found.put(file, new Problem(environment.describe(file), "", Optional.empty(), requirement, right));
    }

    /** Without what belongs to editors and mounts. */
    private static List<Path> entries(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !file.getFileName().toString().startsWith(".")).sorted().toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
