package dev.openaigateway.rules.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.camel.dsl.yaml.YamlRoutesBuilderLoader;
import org.junit.jupiter.api.Test;

import java.io.InputStream;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** The schema that comes with Camel, read in parts, says the same as when it is read as a whole. */
class SchemaTest {

    private final Schema schema = Schema.read();

    private static JsonNode whole() throws Exception {
        try (InputStream json = YamlRoutesBuilderLoader.class.getResourceAsStream("/schema/camelYamlDsl.json")) {
            return new ObjectMapper().readTree(json).get("items");
        }
    }

    @Test
    void shouldKnowAllEntriesOfAFile() throws Exception {
        assertThat(schema.entry().keys.keySet()).containsExactlyElementsOf(whole().get("properties").properties().stream().map(Map.Entry::getKey).toList());
        assertThat(schema.entry().single).isTrue();
    }

    @Test
    void shouldFindEachDefinition() throws Exception {
        for (Map.Entry<String, JsonNode> definition : whole().get("definitions").properties()) {
            assertThat(schema.definition("#/items/definitions/" + definition.getKey())).as(definition.getKey()).isEqualTo(definition.getValue());
        }
    }
}
