package dev.openaigateway.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.gson.JsonParser;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

/** Objects for Kubernetes, as YAML documents. Immutable. */
final class Manifests {

    /** Kinds that other operators define, which the schema of Kubernetes lacks. */
    private static final Set<String> CUSTOM = Set.of("ServiceMonitor", "PrometheusRule");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<Map<String, Object>> objects;

    private Manifests(List<Map<String, Object>> objects) {
        this.objects = objects;
    }

    @SuppressWarnings("unchecked")
    static Manifests parse(String yaml) {
        return new Manifests(StreamSupport.stream(new Load(LoadSettings.builder().build()).loadAllFromString(yaml).spliterator(), false)
                .filter(document -> document != null).map(document -> (Map<String, Object>) document).toList());
    }

    Set<String> kinds() {
        return objects.stream().map(object -> text(object, "/kind")).collect(Collectors.toCollection(TreeSet::new));
    }

    Map<String, Object> only(String kind, String name) {
        List<Map<String, Object>> found = objects.stream()
                .filter(object -> text(object, "/kind").equals(kind) && text(object, "/metadata/name").equals(name)).toList();
        assertThat(found).as(kind + " " + name).hasSize(1);
        return found.get(0);
    }

    /** Fails if an object has a member that its kind does not have, lacks a required one, or has one of another type. */
    void assertValid() {
        assertThat(objects).filteredOn(object -> !CUSTOM.contains(text(object, "/kind"))).isNotEmpty().allSatisfy(object ->
                assertThatCode(() -> validate(object)).as(text(object, "/kind") + " " + text(object, "/metadata/name"))
                        .doesNotThrowAnyException());
    }

    private static void validate(Map<String, Object> object) throws Exception {
        String version = text(object, "/apiVersion").replaceAll(".*/", "");
        Class<?> model = Class.forName("io.kubernetes.client.openapi.models." + version.substring(0, 1).toUpperCase() + version.substring(1)
                + text(object, "/kind"));
        String json = JSON.writeValueAsString(object);
        model.getMethod("validateJsonElement", com.google.gson.JsonElement.class).invoke(null, JsonParser.parseString(json));
        io.kubernetes.client.openapi.JSON.deserialize(json, model);
    }

    /** The text at a JSON pointer. */
    static String text(Map<String, Object> object, String pointer) {
        return JSON.valueToTree(object).at(pointer).asText();
    }

    /** The texts of a member of each item of the list at a JSON pointer. */
    static List<String> texts(Map<String, Object> object, String pointer, String member) {
        return JSON.valueToTree(object).at(pointer).findValuesAsText(member);
    }

    /** The path of each value of a YAML document that is no object with members, with dots. */
    static List<String> paths(String yaml) {
        return paths("", JSON.valueToTree(new Load(LoadSettings.builder().build()).loadFromString(yaml))).toList();
    }

    private static Stream<String> paths(String path, JsonNode node) {
        return node.isObject() && !node.isEmpty()
                ? node.properties().stream().flatMap(entry -> paths(path.isEmpty() ? entry.getKey() : path + "." + entry.getKey(), entry.getValue()))
                : Stream.of(path);
    }
}
