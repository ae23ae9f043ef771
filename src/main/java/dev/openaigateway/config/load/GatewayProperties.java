package dev.openaigateway.config.load;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The gateway's own keys in {@code application.properties}. Camel checks the keys that begin with {@code camel.}; a key of
 * the gateway that is misspelt would have no effect.
 */
public final class GatewayProperties {

    private static final String FILE = "application.properties";
    private static final String PREFIX = "events.";
    private static final Pattern ENTRY = Pattern.compile("\\s*([^\\s=:#!\\\\][^\\s=:]*).*");

    private GatewayProperties() {
    }

    /** @throws InvalidSettingsException if the file of the working directory has unknown keys with the gateway's prefix */
    public static void require(Environment environment) throws InvalidSettingsException {
        List<Problem> problems = problems(environment);
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
    }

    /** The unknown keys; a key that a route file uses as a placeholder is known. */
    public static List<Problem> problems(Environment environment) throws InvalidSettingsException {
        Path file = environment.path(FILE);
        List<Problem> problems = new ArrayList<>();
        if (!Files.isRegularFile(file)) {
            return problems;
        }
        try {
            Set<String> known = known();
            List<String> lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                String key = key(lines, i);
                if (key.startsWith(PREFIX) && !known.contains(key) && !isUsed(key, environment, lines)) {
                    problems.add(new Problem(environment.describe(file) + ":" + (i + 1), key, Optional.empty(),
                            "is not a key of the gateway (" + String.join(", ", known) + "), and no route uses it", DidYouMean.name(key, known)));
                }
            }
        } catch (IOException e) {
            throw Problem.about(environment.describe(file), "cannot be read as UTF-8 text");
        }
        return problems;
    }

    /** Empty if the line begins no entry. */
    private static String key(List<String> lines, int index) {
        boolean continued = index > 0 && lines.get(index - 1).endsWith("\\");
        Matcher entry = ENTRY.matcher(lines.get(index));
        return !continued && entry.matches() ? entry.group(1) : "";
    }

    private static Set<String> known() throws IOException {
        Properties own = new Properties();
        try (InputStream file = GatewayProperties.class.getClassLoader().getResourceAsStream(FILE)) {
            own.load(file);
        }
        Set<String> known = new TreeSet<>(own.stringPropertyNames());
        known.removeIf(key -> !key.startsWith(PREFIX));
        return known;
    }

    private static boolean isUsed(String key, Environment environment, List<String> lines) throws IOException {
        Pattern placeholder = Pattern.compile("\\{\\{\\??" + Pattern.quote(key) + "[:}]");
        if (lines.stream().anyMatch(line -> placeholder.matcher(line).find())) {
            return true;
        }
        Path folder = environment.path("routes");
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.walk(folder, 2)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".camel.yaml")).toList()) {
                if (placeholder.matcher(Files.readString(file)).find()) {
                    return true;
                }
            }
        }
        return false;
    }
}
