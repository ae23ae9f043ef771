package dev.openaigateway.rules.yaml;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.camel.dsl.yaml.YamlRoutesBuilderLoader;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Camel's own schema of YAML routes, which comes with camel-yaml-dsl. It describes more than 260 definitions, of which a file
 * uses a few, so each is parsed when it is first needed (benchmark row "start to first response"). Not thread-safe.
 */
public final class Schema {

    private static final String RESOURCE = "/schema/camelYamlDsl.json";
    private static final String PROPERTIES = "properties";

    private final ObjectMapper mapper = new ObjectMapper();
    private final byte[] json;
    /** The same bytes as characters: a position in it is one in the bytes. */
    private final String text;
    private final Map<String, JsonNode> definitions = new HashMap<>();
    private final Map<JsonNode, SchemaDefinition> shapes = new IdentityHashMap<>();
    private final JsonNode entry;

    private Schema(byte[] json) {
        this.json = json;
        this.text = new String(json, StandardCharsets.ISO_8859_1);
        this.entry = mapper.createObjectNode().put("maxProperties", 1)
                .set(PROPERTIES, valueAt(text.lastIndexOf('"' + PROPERTIES + '"')));
    }

    /** Reads the schema through a class of its own jar, since under the Camel CLI another class loader has that jar. */
    public static Schema read() {
        try (InputStream resource = YamlRoutesBuilderLoader.class.getResourceAsStream(RESOURCE)) {
            return new Schema(resource.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Each definition is a member of one object, and its quoted name stands nowhere else: references have a prefix in the quotes. */
    JsonNode definition(String reference) {
        String name = reference.substring(reference.lastIndexOf('/') + 1);
        return definitions.computeIfAbsent(name, key -> valueAt(text.indexOf('"' + key + '"')));
    }

    /** @param key the position of the key of an object's member; other members may follow */
    private JsonNode valueAt(int key) {
        int value = text.indexOf(':', key) + 1;
        try (JsonParser parser = mapper.createParser(json, value, json.length - value)) {
            return mapper.readTree(parser);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The shape of an entry of the list that is a file. */
    public SchemaDefinition entry() {
        return definition(entry);
    }

    public SchemaDefinition definition(JsonNode schema) {
        SchemaDefinition known = shapes.get(schema);
        if (known == null) {
            known = new SchemaDefinition();
            fill(known, schema, true);
            shapes.put(schema, known);
        }
        return known;
    }

    /** @param own whether the schema describes the node itself, not one of several alternatives for some of its keys */
    private void fill(SchemaDefinition definition, JsonNode schema, boolean own) {
        if (schema.has("$ref")) {
            String reference = schema.get("$ref").textValue();
            String name = reference.substring(reference.lastIndexOf('/') + 1);
            if (definition.model.isEmpty()) {
                definition.model = name.substring(name.lastIndexOf('.') + 1);
            }
            fill(definition, definition(reference), own);
        }
        kind(definition, schema.path("type").asText());
        schema.path("enum").forEach(value -> definition.values.add(value.asText()));
        schema.path(PROPERTIES).properties().forEach(key -> {
            if (!key.getValue().isEmpty() || !definition.keys.containsKey(key.getKey())) {
                definition.keys.put(key.getKey(), key.getValue());
            }
        });
        if (schema.has("items")) {
            definition.items = schema.get("items");
        }
        definition.single |= schema.path("maxProperties").asInt() == 1;
        if (own) {
            schema.path("required").forEach(key -> definition.required.add(key.asText()));
        }
        schema.path("oneOf").forEach(form -> fill(definition, form, own));
        schema.path("anyOf").forEach(group -> alternatives(definition, group.path("oneOf")));
    }

    private void alternatives(SchemaDefinition definition, JsonNode group) {
        Set<String> names = new LinkedHashSet<>();
        for (JsonNode alternative : group) {
            fill(definition, alternative, false);
            alternative.path("required").forEach(key -> names.add(key.asText()));
            if (alternative.has("$ref")) {
                definition(alternative).alternatives.forEach(names::addAll);
            }
        }
        definition.alternatives.add(names);
    }

    private static void kind(SchemaDefinition definition, String type) {
        switch (type) {
            case "string" -> definition.kinds.add(SchemaDefinition.Kind.TEXT);
            case "boolean" -> definition.kinds.add(SchemaDefinition.Kind.FLAG);
            case "number", "integer" -> definition.kinds.add(SchemaDefinition.Kind.NUMBER);
            case "array" -> definition.kinds.add(SchemaDefinition.Kind.LIST);
            case "object" -> definition.kinds.add(SchemaDefinition.Kind.OBJECT);
            default -> { }
        }
    }
}
