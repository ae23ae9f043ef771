package dev.openaigateway.config.load;

import dev.openaigateway.problem.InvalidSettingsException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The values of properties, with their origins: system properties, variables, the profile's file, {@code application.properties}, that of the jar. */
final class PropertyValues {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\??(env:)?([^{}:]+)(?::([^{}]*))?}}");
    private static final int DEEPEST = 10;

    /** A value as it is written. */
    record Written(Origin origin, String text) {
    }

    /** A placeholder without a value. */
    record Missing(Origin origin, boolean isVariable, String name) {
    }

    private final Environment environment;
    /** By their keys as {@link #common} writes them, from the highest precedence to the lowest. */
    private final List<Map<String, Written>> files = new ArrayList<>();

    /** @throws InvalidSettingsException if a file cannot be read */
    PropertyValues(Environment environment) throws IOException, InvalidSettingsException {
        this.environment = environment;
        for (Path file : PropertyFiles.there(environment)) {
            List<String> lines = Files.readAllLines(file);
            files.add(values(PropertyFiles.load(environment, file), key -> new Origin(environment.describe(file), key, PropertyLines.last(lines, key))));
        }
        files.add(values(GatewayProperties.ofJar(), key -> new Origin(GatewayProperties.FILE + " in the jar", key, 0)));
    }

    private interface Place {

        Origin of(String key);
    }

    private static Map<String, Written> values(Properties properties, Place place) {
        Map<String, Written> values = new LinkedHashMap<>();
        properties.stringPropertyNames().forEach(key -> values.put(common(key), new Written(place.of(key), properties.getProperty(key).strip())));
        return values;
    }

    /** Camel takes {@code max-body-size} and {@code maxBodySize} as the same key. The gateway's own keys have no such words. */
    private static String common(String key) {
        return key.replace("-", "").toLowerCase(Locale.ROOT);
    }

    /** The value that counts, as it is written. */
    Optional<Written> written(String key) {
        String system = System.getProperty(key);
        String variable = key.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
        if (system != null) {
            return Optional.of(new Written(new Origin("system property", key, 0), system.strip()));
        }
        return environment.variable(variable).map(value -> new Written(Origin.variable(variable), value))
                .or(() -> files.stream().map(file -> file.get(common(key))).filter(value -> value != null).findFirst());
    }

    /** The value that counts, with its placeholders replaced; empty if there is none, or a placeholder is not known here. */
    Optional<Written> resolved(String key) {
        return replaced(key).filter(value -> !value.text().contains("{{"));
    }

    /** The first placeholder in the value that counts which has neither a value nor a default; functions such as vault: are left to Camel. */
    Optional<Missing> missing(String key) {
        return replaced(key).flatMap(value -> {
            Matcher placeholder = PLACEHOLDER.matcher(value.text());
            return !placeholder.find() || placeholder.group(3) != null || placeholder.group().startsWith("{{?") ? Optional.empty()
                    : Optional.of(new Missing(value.origin(), placeholder.group(1) != null, placeholder.group(2)));
        });
    }

    /** With the placeholders replaced up to one that is not known here. */
    private Optional<Written> replaced(String key) {
        Optional<Written> found = written(key);
        for (int depth = 0; depth < DEEPEST && found.isPresent() && found.get().text().contains("{{"); depth++) {
            Optional<Written> next = once(found.get());
            if (next.isEmpty()) {
                return found;
            }
            found = next;
        }
        return found;
    }

    private Optional<Written> once(Written value) {
        Matcher placeholder = PLACEHOLDER.matcher(value.text());
        if (!placeholder.find()) {
            return Optional.empty();
        }
        String name = placeholder.group(2);
        Optional<Written> inner = placeholder.group(1) == null ? written(name)
                : environment.variable(name).map(text -> new Written(Origin.variable(name), text));
        // Without a dot it may be a function such as vault:, whose value only Camel knows.
        boolean mayHaveDefault = placeholder.group(1) != null || name.indexOf('.') >= 0;
        Optional<String> text = inner.map(Written::text).or(() -> Optional.ofNullable(placeholder.group(3)).filter(fallback -> mayHaveDefault));
        boolean whole = placeholder.start() == 0 && placeholder.end() == value.text().length();
        return text.map(replaced -> new Written(whole && inner.isPresent() ? inner.get().origin() : value.origin(),
                value.text().substring(0, placeholder.start()) + replaced + value.text().substring(placeholder.end())));
    }
}
