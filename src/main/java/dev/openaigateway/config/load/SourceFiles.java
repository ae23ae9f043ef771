package dev.openaigateway.config.load;

import dev.openaigateway.problem.InvalidSettingsException;
import dev.openaigateway.problem.Problem;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads and merges the settings files. The order is: {@code GATEWAY_CONFIG}, else {@code routes/instances.yaml}; then
 * {@code FOAP_CONFIG_DIR} and {@code AZURE_PROXY_CONFIG}; then the overlay file of the environment; last {@code GATEWAY_OVERLAY}.
 * Later files override earlier ones. Administrators' persistent changes are written to the last of them.
 */
final class SourceFiles {

    private static final String DEFAULT = "routes/instances.yaml";

    private final Environment environment;
    private final SettingsTree tree = new SettingsTree();
    private final List<Path> watched = new ArrayList<>();
    private final List<String> read = new ArrayList<>();
    private Path overlay;

    private SourceFiles(Environment environment) {
        this.environment = environment;
    }

    static SourceFiles read(Environment environment) throws InvalidSettingsException {
        SourceFiles files = new SourceFiles(environment);
        files.readAll();
        return files;
    }

    SettingsTree tree() {
        return tree;
    }

    List<Path> watched() {
        return List.copyOf(watched);
    }

    List<String> descriptions() {
        return List.copyOf(read);
    }

    /** The file to which persistent changes are written; it may not exist. */
    Path overlay() {
        return overlay;
    }

    private void readAll() throws InvalidSettingsException {
        ValueParsers.check(environment.name(), ValueParsers::name, Origin.variable("ENVIRONMENT"));
        UnreadFiles.refuse(environment);
        String main = environment.variable("GATEWAY_CONFIG").orElse(null);
        if (main == null) {
            overlay = overlayOf(environment.path(DEFAULT));
            readFileOrResource(DEFAULT);
        } else {
            readMain(existing("GATEWAY_CONFIG", main));
        }
        String providers = environment.variable("FOAP_CONFIG_DIR").orElse(null);
        if (providers != null) {
            readProviders(existing("FOAP_CONFIG_DIR", providers));
        }
        String azure = environment.variable("AZURE_PROXY_CONFIG").orElse(null);
        if (azure != null) {
            readJson(existing("AZURE_PROXY_CONFIG", azure));
        }
        if (main == null) {
            readFileOrResource(DEFAULT.replace(".yaml", "-" + environment.name() + ".yaml"));
        } else {
            readIfThere(overlay);
        }
        String changes = environment.variable("GATEWAY_OVERLAY").orElse(null);
        if (changes != null) {
            ValueParsers.check(changes, ValueParsers::fileName, Origin.variable("GATEWAY_OVERLAY"));
            overlay = environment.path(changes);
            readIfThere(overlay);
        }
    }

    private void readIfThere(Path file) throws InvalidSettingsException {
        if (RegularFile.isThere(file)) {
            readYaml(file);
        } else {
            watched.add(file);
        }
    }

    private void readMain(Path main) throws InvalidSettingsException {
        Path base = main.resolve("base.yaml");
        overlay = Files.isDirectory(main) ? main.resolve(environment.name() + ".yaml") : overlayOf(main);
        if (RegularFile.isThere(base)) {
            readYaml(base);
        } else if (Files.isDirectory(main)) {
            watched.add(base);
            readProviders(main);
        } else if (main.toString().endsWith(".json")) {
            readJson(main);
        } else {
            readYaml(main);
        }
    }

    private Path overlayOf(Path file) {
        String stem = file.getFileName().toString().replaceFirst("\\.[^.]*$", "");
        return file.resolveSibling(stem + "-" + environment.name() + ".yaml");
    }

    private void readYaml(Path file) throws InvalidSettingsException {
        add("YAML", environment.describe(file), YamlReader.read(environment.describe(file), text(environment, file)).tree());
        watched.add(file);
    }

    private void readFileOrResource(String name) throws InvalidSettingsException {
        Path file = environment.path(name);
        if (RegularFile.isThere(file)) {
            readYaml(file);
            return;
        }
        watched.add(file);
        try (InputStream resource = SourceFiles.class.getClassLoader().getResourceAsStream(name)) {
            if (resource != null) {
                String source = "classpath:" + name;
                add("YAML", source, YamlReader.read(source, new String(resource.readAllBytes(), StandardCharsets.UTF_8)).tree());
            }
        } catch (IOException e) {
            throw Problem.about("classpath:" + name, "cannot be read");
        }
    }

    private void readJson(Path file) throws InvalidSettingsException {
        Document document = JsonReader.read(environment.describe(file), text(environment, file));
        watched.add(file);
        if (document.root().has("instances")) {
            add("JSON instances", document.source(), AzureInstancesReader.read(document));
        } else {
            readProvider(document);
        }
    }

    private void readProviders(Path folder) throws InvalidSettingsException {
        watched.add(folder);
        List<Path> files;
        try {
            files = providerFiles(folder);
        } catch (IOException e) {
            throw Problem.about(environment.describe(folder), "is not a folder that can be read");
        }
        if (files.isEmpty()) {
            throw Problem.about(environment.describe(folder), "must hold a file base.yaml or at least one provider file *.json");
        }
        for (Path file : files) {
            readProvider(JsonReader.read(environment.describe(file), text(environment, file)));
        }
    }

    /** The provider files of a folder, in the order in which they are read. */
    static List<Path> providerFiles(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> entry.toString().endsWith(".json")).sorted().toList();
        }
    }

    private void readProvider(Document document) throws InvalidSettingsException {
        SettingsTree providers = ProviderReader.read(document);
        for (var entry : providers.instances().properties()) {
            if (tree.instances().has(entry.getKey())) {
                throw Problem.about(document.source(), "names provider " + entry.getKey() + ", which "
                        + tree.origin(SettingsTree.join("instances", entry.getKey())).location() + " names already");
            }
        }
        add("provider file", document.source(), providers);
    }

    private void add(String format, String source, SettingsTree layer) {
        tree.overlay(layer);
        read.add(format + " " + source);
    }

    private Path existing(String variable, String name) throws InvalidSettingsException {
        ValueParsers.check(name, ValueParsers::fileName, Origin.variable(variable));
        Path path = environment.path(name);
        if (!Files.exists(path)) {
            throw new InvalidSettingsException(Origin.variable(variable).problem(name, "does not exist (looked for " + path + ")"));
        }
        return path;
    }

    static String text(Environment environment, Path file) throws InvalidSettingsException {
        try {
            return RegularFile.text(file, RegularFile.LARGEST_SETTINGS);
        } catch (UnfitFileException e) {
            throw Problem.about(environment.describe(file), e.getMessage());
        } catch (IOException e) {
            throw Problem.about(environment.describe(file), reason(file));
        }
    }

    /** Why a file that exists is not read. */
    static String reason(Path file) {
        return Files.isDirectory(file) ? "is a folder, not a file"
                : Files.isReadable(file) ? "cannot be read as UTF-8 text" : "cannot be read: the user of this process has no permission to read it";
    }
}
