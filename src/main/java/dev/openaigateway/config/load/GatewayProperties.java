package dev.openaigateway.config.load;

import dev.openaigateway.problem.InvalidSettingsException;
import dev.openaigateway.problem.Problem;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Checks the properties of {@code application.properties} and of variables: those that the gateway's documents name have valid
 * values, and no name is misspelt that begins as the gateway's own do. Camel checks the names of the {@link CamelGroups groups} that it has.
 */
public final class GatewayProperties {

    static final String FILE = "application.properties";

    /** Keys that name more files for Camel to read. */
    private static final List<String> FURTHER_FILES = List.of("camel.component.properties.location", "camel.main.property-placeholder-location");

    private static final Map<String, String> WITHOUT_VARIABLES = Map.of("camel.component.properties.environment-variable-mode", "0",
            "camel.main.auto-configuration-environment-variables-enabled", "false");

    private GatewayProperties() {
    }

    /**
     * Checks the properties.
     *
     * @throws InvalidSettingsException if there are {@link #problems}
     */
    public static void require(Environment environment) throws InvalidSettingsException {
        List<Problem> problems = problems(environment);
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
    }

    /**
     * Unknown names and wrong values.
     *
     * @throws InvalidSettingsException if the file cannot be read
     */
    public static List<Problem> problems(Environment environment) throws InvalidSettingsException {
        PropertyFiles.requireReadable(environment);
        Path file = environment.path(FILE);
        try {
            PropertyNames names = new PropertyNames(environment);
            List<Problem> problems = new ArrayList<>();
            for (Path each : PropertyFiles.there(environment)) {
                problems.addAll(names.inFile(each));
            }
            problems.addAll(Files.isRegularFile(file) && !hasOwnJars(environment) ? PropertyVaults.in(file, environment) : List.of());
            problems.addAll(names.inVariables());
            PropertyValues values = new PropertyValues(environment);
            problems.addAll(wrong(environment, values).values());
            problems.addAll(missing(environment, values));
            return problems;
        } catch (IOException e) {
            throw Problem.about(environment.describe(file), SourceFiles.reason(file));
        }
    }

    /**
     * Properties with which the rest of a folder can be checked although some values are wrong: those of the jar in place of the wrong ones. To Camel a
     * variable has precedence over everything, so it reads none, and gets the values of the others here. Empty if no value is wrong.
     */
    public static Map<String, String> inPlaceOfWrongOnes(Environment environment) {
        Map<String, String> values = new HashMap<>();
        try {
            Properties own = ofJar();
            PropertyValues given = new PropertyValues(environment);
            Set<String> wrong = wrong(environment, given).keySet();
            if (!wrong.isEmpty()) {
                own.stringPropertyNames().forEach(key -> values.put(key, wrong.contains(key) ? own.getProperty(key) : given.written(key).orElseThrow().text()));
                values.putAll(WITHOUT_VARIABLES);
            }
        } catch (IOException | InvalidSettingsException e) {
            // reported as a problem
        }
        return values;
    }

    private static Map<String, Problem> wrong(Environment environment, PropertyValues values) throws IOException {
        Map<String, Problem> problems = new LinkedHashMap<>();
        PropertyRules.parsers(hasOwnJars(environment)).forEach((key, parser) -> values.resolved(key).ifPresent(value -> {
            try {
                parser.read(value.text());
            } catch (InvalidValueException e) {
                problems.put(key, value.origin().problem(PropertyRules.isMasked(key) ? null : value.text(), e));
            }
        }));
        return problems;
    }

    /** Camel replaces the address only when an event is sent, and each would fail. What else has placeholders it replaces at the start. */
    private static List<Problem> missing(Environment environment, PropertyValues values) {
        boolean on = values.resolved("events.webhook.enabled").filter(value -> value.text().equals("true")).isPresent();
        boolean otherFiles = FURTHER_FILES.stream().anyMatch(key -> values.written(key).isPresent());
        return values.missing("events.webhook.url").stream().filter(missing -> on && (missing.isVariable() || !otherFiles))
                .map(missing -> MissingValue.of(environment, missing)).toList();
    }

    private static boolean hasOwnJars(Environment environment) throws IOException {
        Path folder = environment.path("ext");
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.anyMatch(file -> file.toString().endsWith(".jar"));
        }
    }

    /** The properties of the jar, which hold all names of the gateway. */
    static Properties ofJar() throws IOException {
        Properties own = new Properties();
        try (InputStream file = GatewayProperties.class.getClassLoader().getResourceAsStream(FILE)) {
            own.load(file);
        }
        return own;
    }
}
