package dev.openaigateway.rules.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.camel.dsl.yaml.YamlRoutesBuilderLoader;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Camel's own schema of YAML routes, which comes with camel-yaml-dsl. Not thread-safe. */
public final class Schema {

    private static final String RESOURCE = "/schema/camelYamlDsl.json";

    private final JsonNode root;
    private final Map<JsonNode, Shape> shapes = new IdentityHashMap<>();

    private Schema(JsonNode root) {
        this.root = root;
    }

    /** Reads the schema through a class of its own jar, since under the Camel CLI another class loader has that jar. */
    public static Schema read() {
        try (InputStream json = YamlRoutesBuilderLoader.class.getResourceAsStream(RESOURCE)) {
            return new Schema(new ObjectMapper().readTree(json));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The shape of an entry of the list that is a file. */
    public Shape entry() {
        return shape(root.get("items"));
    }

    public Shape shape(JsonNode schema) {
        Shape known = shapes.get(schema);
        if (known == null) {
            known = new Shape();
            fill(known, schema, true);
            shapes.put(schema, known);
        }
        return known;
    }

    /** @param own whether the schema describes the node itself, not one of several alternatives for some of its keys */
    private void fill(Shape shape, JsonNode schema, boolean own) {
        if (schema.has("$ref")) {
            String reference = schema.get("$ref").textValue();
            String name = reference.substring(reference.lastIndexOf('/') + 1);
            if (shape.model.isEmpty()) {
                shape.model = name.substring(name.lastIndexOf('.') + 1);
            }
            fill(shape, root.at(reference.substring(1)), own);
        }
        kind(shape, schema.path("type").asText());
        schema.path("enum").forEach(value -> shape.values.add(value.asText()));
        schema.path("properties").properties().forEach(key -> {
            if (!key.getValue().isEmpty() || !shape.keys.containsKey(key.getKey())) {
                shape.keys.put(key.getKey(), key.getValue());
            }
        });
        if (schema.has("items")) {
            shape.items = schema.get("items");
        }
        shape.single |= schema.path("maxProperties").asInt() == 1;
        if (own) {
            schema.path("required").forEach(key -> shape.required.add(key.asText()));
        }
        schema.path("oneOf").forEach(form -> fill(shape, form, own));
        schema.path("anyOf").forEach(group -> alternatives(shape, group.path("oneOf")));
    }

    private void alternatives(Shape shape, JsonNode group) {
        Set<String> names = new LinkedHashSet<>();
        for (JsonNode alternative : group) {
            fill(shape, alternative, false);
            alternative.path("required").forEach(key -> names.add(key.asText()));
            if (alternative.has("$ref")) {
                shape(alternative).alternatives.forEach(names::addAll);
            }
        }
        shape.alternatives.add(names);
    }

    private static void kind(Shape shape, String type) {
        switch (type) {
            case "string" -> shape.kinds.add(Shape.Kind.TEXT);
            case "boolean" -> shape.kinds.add(Shape.Kind.FLAG);
            case "number", "integer" -> shape.kinds.add(Shape.Kind.NUMBER);
            case "array" -> shape.kinds.add(Shape.Kind.LIST);
            case "object" -> shape.kinds.add(Shape.Kind.OBJECT);
            default -> { }
        }
    }
}
