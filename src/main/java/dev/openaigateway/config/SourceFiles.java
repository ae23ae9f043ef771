package dev.openaigateway.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The files that hold the settings, in rising order. */
final class SourceFiles {

    private static final String DEFAULT = "routes/instances.yaml";

    private final Environment environment;
    private final List<Document> documents = new ArrayList<>();
    private final List<Path> watched = new ArrayList<>();
    private final List<String> read = new ArrayList<>();

    private SourceFiles(Environment environment) {
        this.environment = environment;
    }

    static SourceFiles locate(Environment environment) throws InvalidSettingsException {
        SourceFiles files = new SourceFiles(environment);
        files.addFileOrResource(DEFAULT);
        files.addFileOrResource(DEFAULT.replace(".yaml", "-" + environment.name() + ".yaml"));
        return files;
    }

    List<Document> documents() {
        return documents;
    }

    List<Path> watched() {
        return watched;
    }

    String description() {
        return read.isEmpty() ? "no settings file" : String.join(", ", read);
    }

    private void addFileOrResource(String name) throws InvalidSettingsException {
        Path file = environment.path(name);
        watched.add(file);
        if (Files.exists(file)) {
            add(environment.describe(file), text(file));
            return;
        }
        try (InputStream resource = SourceFiles.class.getClassLoader().getResourceAsStream(name)) {
            if (resource != null) {
                add("classpath:" + name, new String(resource.readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw unreadable("classpath:" + name);
        }
    }

    private void add(String source, String yaml) throws InvalidSettingsException {
        documents.add(YamlReader.read(source, yaml));
        read.add(source);
    }

    private String text(Path file) throws InvalidSettingsException {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw unreadable(environment.describe(file));
        }
    }

    private static InvalidSettingsException unreadable(String source) {
        return new InvalidSettingsException(new Problem(source, "", Optional.empty(), "cannot be read", Optional.empty()));
    }
}
