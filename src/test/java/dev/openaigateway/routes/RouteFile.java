package dev.openaigateway.routes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A file of routes as a tree. */
record RouteFile(String name, int lines, JsonNode entries) {

    static List<RouteFile> all() {
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            return files.filter(file -> file.toString().endsWith(".camel.yaml")).sorted().map(RouteFile::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static RouteFile of(String name, String yaml) {
        try {
            return new RouteFile(name, (int) yaml.lines().count(), new YAMLMapper().readTree(yaml));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static RouteFile read(Path file) {
        try {
            return of(file.getFileName().toString(), Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns routes, templates and configurations, each with its kind. */
    List<Map.Entry<String, JsonNode>> routes() {
        return StreamSupport.stream(entries.spliterator(), false)
                .flatMap(entry -> entry.properties().stream()).toList();
    }

    /** Returns all steps at any depth, except those of the templates with these ids. */
    List<JsonNode> steps(Set<String> exempt) {
        List<JsonNode> steps = new ArrayList<>();
        routes().stream().map(Map.Entry::getValue).filter(route -> !exempt.contains(route.path("id").asText()))
                .forEach(route -> visit("", route, (path, node) -> node.path("steps").forEach(steps::add)));
        return steps;
    }

    /** Returns the violations of Camel's canonical form, and the addresses that contain text of the request. */
    List<String> faults() {
        List<String> faults = new ArrayList<>();
        visit("", entries, (path, node) -> new CanonicalForm(path, node).faults().forEach(fault -> faults.add(name + path + ": " + fault)));
        return faults;
    }

    private static void visit(String path, JsonNode node, BiConsumer<String, JsonNode> visitor) {
        if (node.isObject()) {
            visitor.accept(path, node);
            node.properties().forEach(member -> visit(path + "/" + member.getKey(), member.getValue(), visitor));
        } else {
            for (int i = 0; i < node.size(); i++) {
                visit(path + "/" + i, node.get(i), visitor);
            }
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
