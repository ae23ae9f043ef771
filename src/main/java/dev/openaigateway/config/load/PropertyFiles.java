package dev.openaigateway.config.load;

import dev.openaigateway.problem.InvalidSettingsException;
import dev.openaigateway.problem.Problem;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The files of properties in the working directory: {@code application.properties}, and before it that of Camel's profile. */
public final class PropertyFiles {

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private PropertyFiles() {
    }

    /**
     * Requires that Camel can load the files that are there, and Log4j those that it gets. Camel would name neither file nor line.
     *
     * @throws InvalidSettingsException with the file, and the line if one is wrong
     */
    public static void requireReadable(Environment environment) throws InvalidSettingsException {
        Log4jFile.requireReadable(environment);
        for (Path file : there(environment)) {
            load(environment, file);
        }
    }

    /** The files that are there, the first of which has precedence. */
    static List<Path> there(Environment environment) {
        String profile = Optional.ofNullable(System.getProperty("camel.main.profile")).or(() -> environment.variable("CAMEL_MAIN_PROFILE")).orElse("");
        Stream<String> ofProfile = profile.matches("[A-Za-z0-9_-]+") ? Stream.of("application-" + profile + ".properties") : Stream.of();
        return Stream.concat(ofProfile, Stream.of(GatewayProperties.FILE)).map(environment::path).filter(RegularFile::isThere).toList();
    }

    /**
     * Where a property is set, with its key as it is written there.
     *
     * @param key with hyphens or without them, and in any case, as Camel takes it
     */
    public static String place(Environment environment, String key) {
        String letters = letters(key);
        Optional<String> variable = environment.variables().keySet().stream().filter(name -> letters(name).equals(letters)).findFirst();
        return variable.map(name -> Origin.ENVIRONMENT + ": " + name)
                .or(() -> there(environment).stream().flatMap(file -> place(environment, file, letters).stream()).findFirst()).orElse(key);
    }

    private static Optional<String> place(Environment environment, Path file, String letters) {
        List<String> lines = lines(environment, file);
        return IntStream.range(0, lines.size()).filter(line -> letters(PropertyLines.key(lines, line)).equals(letters)).boxed().reduce((first, last) -> last)
                .map(line -> environment.describe(file) + ":" + (line + 1) + ": " + PropertyLines.key(lines, line));
    }

    /** For a message about what the file has; empty if it cannot be read any more. */
    static List<String> lines(Environment environment, Path file) {
        try {
            return SourceFiles.text(environment, file).lines().toList();
        } catch (InvalidSettingsException e) {
            return List.of();
        }
    }

    private static String letters(String key) {
        return key.replaceAll("[._-]", "").toLowerCase(Locale.ROOT);
    }

    static Properties load(Environment environment, Path file) throws InvalidSettingsException {
        String text = SourceFiles.text(environment, file);
        if (text.startsWith(BYTE_ORDER_MARK)) {
            throw Problem.about(environment.describe(file) + ":1", "begins with a byte order mark, which Camel takes for a part of the first key; save the file as UTF-8 without it");
        }
        try {
            return properties(text);
        } catch (IllegalArgumentException e) {
            throw malformed(environment.describe(file), text.lines().toList());
        }
    }

    /** Java reads such a file byte by byte, each of which is a character. */
    private static Properties properties(String text) {
        Properties properties = new Properties();
        try {
            properties.load(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new AssertionError("bytes in memory can be read", e);
        }
        return properties;
    }

    /** Without the value, which may be a secret. */
    private static InvalidSettingsException malformed(String file, List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            try {
                properties(lines.get(i));
            } catch (IllegalArgumentException e) {
                return new InvalidSettingsException(new Problem(file + ":" + (i + 1), PropertyLines.key(lines, i), Optional.empty(),
                        "has a \\u without four hexadecimal digits behind it; write \\\\ for a backslash", Optional.empty()));
            }
        }
        return Problem.about(file, "cannot be read as properties");
    }
}
