package dev.openaigateway.reload.files;

import dev.openaigateway.call.rule.GatewayEndpoints;
import dev.openaigateway.config.load.RegularFile;
import dev.openaigateway.config.load.UnfitFileException;
import dev.openaigateway.problem.InvalidSettingsException;
import dev.openaigateway.problem.Problem;
import dev.openaigateway.rules.yaml.PathOptions;
import dev.openaigateway.rules.yaml.Problems;
import dev.openaigateway.rules.yaml.RulesText.Kind;
import dev.openaigateway.rules.yaml.YamlNodes;
import dev.openaigateway.rules.yaml.YamlText;
import org.apache.camel.spi.Resource;
import org.snakeyaml.engine.v2.nodes.Node;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The route files that are replaced while the gateway runs: {@code routing.camel.yaml}, further rules in the folder
 * {@code rules} beside it, and {@code events.camel.yaml}. Thread-safe.
 */
public final class LiveFiles {

    private static final String FOLDER = "rules";
    private static final String EXTENSION = ".camel.yaml";

    private static final Pattern ENTRY = Pattern.compile(
            "(?m)^[\\s-]*(from|uri):\\s*[\"']?" + Pattern.quote(GatewayEndpoints.RULES) + "[\"']?\\s*(#.*)?$");

    private final Map<LiveFile, Path> onDisk = new EnumMap<>(LiveFile.class);
    private final Map<LiveFile, Resource> inJar = new EnumMap<>(LiveFile.class);
    private final Path routes;

    /** @param routes the user's folder of route files, which need not exist */
    LiveFiles(Path routes) {
        this.routes = routes;
    }

    /** Returns whether this is the name of a live file, relative to the folder of route files. */
    public static boolean isName(String name) {
        return name.matches("(routing|events|rules/[^/]+)\\.camel\\.yaml");
    }

    /** Returns whether this is where a route of a live file comes from. */
    public static boolean isLocation(String location) {
        return isName(location.replace('\\', '/').replaceFirst("^.*routes/", ""));
    }

    /** Returns whether the file is live, and so is not loaded by Camel. */
    static boolean includes(Resource resource) {
        return LiveFile.of(resource).isPresent() || isFurtherRules(resource);
    }

    private static boolean isFurtherRules(Resource resource) {
        return LiveFile.pathOf(resource).map(path -> path.toAbsolutePath().getParent())
                .filter(folder -> folder.endsWith(FOLDER)).isPresent() && LiveFile.nameOf(resource).endsWith(EXTENSION);
    }

    /**
     * Records where Camel found a live file.
     *
     * @throws StartupException if there are two of the same name on disk
     */
    synchronized void found(Resource resource) {
        LiveFile.of(resource).ifPresent(file -> LiveFile.pathOf(resource).ifPresentOrElse(
                path -> found(file, path), () -> inJar.put(file, resource)));
    }

    private void found(LiveFile file, Path path) {
        Path other = onDisk.putIfAbsent(file, path);
        if (other != null && !other.toAbsolutePath().normalize().equals(path.toAbsolutePath().normalize())) {
            throw new StartupException("There are two files " + file.fileName() + ": " + other + " and " + path + ".");
        }
    }

    /** Returns the files to watch, among them those that may be added. */
    public synchronized List<Path> watched() {
        List<Path> paths = new ArrayList<>();
        for (LiveFile file : LiveFile.values()) {
            paths.add(path(file));
        }
        try {
            paths.addAll(further());
        } catch (IOException e) {
            // Watched itself, so that a reload refuses it, and is tried again when it can be read.
            paths.add(rulesFolder());
        }
        return paths;
    }

    /** Returns where the file is on disk, or would be if it were added. */
    private Path path(LiveFile file) {
        return onDisk.getOrDefault(file, routes.resolve(file.fileName()));
    }

    /** Whether a file is read. Files that begin with a dot belong to editors and file systems. */
    static boolean isRouteFile(String name) {
        return name.endsWith(EXTENSION) && !name.startsWith(".");
    }

    private Path rulesFolder() {
        return path(LiveFile.ROUTING).resolveSibling(FOLDER);
    }

    private List<Path> further() throws IOException {
        if (!Files.isDirectory(rulesFolder())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(rulesFolder())) {
            return files.filter(file -> isRouteFile(file.getFileName().toString())).sorted().toList();
        }
    }

    private List<Path> furtherToRead() throws InvalidSettingsException {
        try {
            return further();
        } catch (IOException e) {
            throw Problem.about(rulesFolder().toString(), "is a folder that cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    /** As {@link #read(List)}, if no version is active. */
    public List<FileText> read() throws InvalidSettingsException {
        return read(List.of());
    }

    /**
     * Reads all files as they are now. The rules in the jar are left out if a file on disk begins with the rules' endpoint.
     *
     * @param active the files of the active version
     * @throws InvalidSettingsException if a file cannot be read, or the rules in the jar would replace rules on disk
     */
    public List<FileText> read(List<FileText> active) throws InvalidSettingsException {
        return read(active, Map.of());
    }

    /** @param given texts in place of files on disk, or beside them, by names relative to the folder of route files */
    private synchronized List<FileText> read(List<FileText> active, Map<String, FileText> given) throws InvalidSettingsException {
        for (FileText text : given.values()) {
            RegularFile.requireSize(text.name(), text.text(), RegularFile.LARGEST_ROUTES);
        }
        Map<String, FileText> further = new TreeMap<>();
        for (Path path : furtherToRead()) {
            String name = FOLDER + "/" + path.getFileName();
            if (!given.containsKey(name)) {
                further.put(name, read(path, Kind.RULES));
            }
        }
        given.forEach((name, text) -> {
            if (name.startsWith(FOLDER + "/") && isRouteFile(name.substring(FOLDER.length() + 1))) {
                further.put(name, text);
            }
        });
        List<FileText> texts = new ArrayList<>(further.values());
        boolean entered = texts.stream().anyMatch(LiveFiles::isEntry);
        for (LiveFile file : LiveFile.values()) {
            Path path = path(file);
            if (given.containsKey(file.fileName())) {
                texts.add(given.get(file.fileName()));
            } else if (RegularFile.isThere(path)) {
                onDisk.put(file, path);
                texts.add(read(path, file.kind()));
            } else if (onDisk.containsKey(file)) {
                throw Problem.about(path.toString(), "must not be removed while the gateway runs; after a restart the copy in the jar is used");
            } else if (!(entered && file == LiveFile.ROUTING)) {
                FileText copy = readCopy(file, path);
                refuseInPlaceOfEntry(active, copy);
                texts.add(copy);
            }
        }
        return texts;
    }

    /** Reads all files as they are now, with this text in place of {@code routing.camel.yaml}, under the name {@code source}. */
    public List<FileText> readWithRules(String source, String text, List<FileText> active) throws InvalidSettingsException {
        return read(active, Map.of(LiveFile.ROUTING.fileName(), new FileText(Kind.RULES, source, Optional.empty(), text)));
    }

    /**
     * Reads all files as they are now, with these texts in place of those of the same names, or beside them.
     *
     * @param texts  by names relative to the folder of route files
     * @param active the files of the active version
     * @throws InvalidSettingsException as {@link #read(List)}, if the files had these texts
     */
    public List<FileText> readWith(Map<String, String> texts, List<FileText> active) throws InvalidSettingsException {
        Map<String, FileText> given = new HashMap<>();
        texts.forEach((name, text) -> given.put(name, new FileText(name.startsWith("events") ? Kind.EVENTS : Kind.RULES, name, Optional.empty(), text)));
        return read(active, given);
    }

    /** A text that cannot be parsed is refused for that, and not for a lack of its route. */
    private static boolean isEntry(FileText text) {
        Optional<Node> tree = text.text().contains("routing") ? YamlText.parse(text.name(), text.text(), new Problems()) : Optional.empty();
        tree.ifPresent(PathOptions::shorten);
        return ENTRY.matcher(text.text()).find() || tree.stream().flatMap(entries -> YamlNodes.items(entries).stream())
                .flatMap(entry -> YamlNodes.at(entry, "from").or(() -> YamlNodes.at(entry, "route", "from")).stream())
                .anyMatch(from -> YamlNodes.uri(from).filter(GatewayEndpoints.RULES::equals).isPresent());
    }

    /** The copy in the jar may let through what the rules on disk forbid. */
    private static void refuseInPlaceOfEntry(List<FileText> active, FileText copy) throws InvalidSettingsException {
        Optional<FileText> entry = active.stream().filter(text -> text.path().isPresent() && isEntry(text)).findFirst();
        if (isEntry(copy) && entry.isPresent()) {
            throw Problem.about(entry.get().name(), "must keep its route from " + GatewayEndpoints.RULES + " while the gateway runs, or another file must have it; "
                    + "after a restart without one the rules in the jar are used");
        }
    }

    private FileText read(Path path, Kind kind) throws InvalidSettingsException {
        try {
            return new FileText(kind, path.toString(), Optional.of(path), RegularFile.text(path, RegularFile.LARGEST_ROUTES));
        } catch (UnfitFileException e) {
            throw Problem.about(path.toString(), e.getMessage());
        } catch (CharacterCodingException e) {
            throw Problem.about(path.toString(), "must be text in UTF-8");
        } catch (IOException e) {
            throw Problem.about(path.toString(), "cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    private FileText readCopy(LiveFile file, Path path) throws InvalidSettingsException {
        Resource copy = inJar.get(file);
        if (copy == null) {
            throw Problem.about(path.toString(), "is missing, and the jar has no copy");
        }
        try {
            return file.read(copy);
        } catch (IOException e) {
            throw Problem.about(copy.getLocation(), "cannot be read (" + e.getMessage() + ")");
        }
    }
}
