package dev.openaigateway.config.load;

import dev.openaigateway.problem.InvalidSettingsException;
import dev.openaigateway.problem.Problem;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds values of {@code application.properties} that are placeholders of a vault whose library is absent. */
final class PropertyVaults {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\s*+\\??\\s*+([a-z-]++)\\s*+:[^{}]*}}");

    private PropertyVaults() {
    }

    /** @throws InvalidSettingsException if the file cannot be read */
    static List<Problem> in(Path file, Environment environment) throws IOException, InvalidSettingsException {
        List<Problem> problems = new ArrayList<>();
        PropertyValues values = new PropertyValues(environment);
        List<String> lines = Files.readAllLines(file);
        for (int i = 0; i < lines.size(); i++) {
            String key = PropertyLines.key(lines, i);
            Matcher placeholder = PLACEHOLDER.matcher(lines.get(i));
            while (!key.isEmpty() && placeholder.find()) {
                String name = placeholder.group(1);
                Optional<String> need = VaultFunctions.need(name);
                if (need.isPresent() && !VaultFunctions.isOnClassPath(name) && values.written(name).isEmpty()) {
                    problems.add(new Problem(environment.describe(file) + ":" + (i + 1), key, Optional.of(placeholder.group()), need.get(), Optional.empty()));
                }
            }
        }
        return problems;
    }
}
