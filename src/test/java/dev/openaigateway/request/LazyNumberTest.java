package dev.openaigateway.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class LazyNumberTest {

    @Test
    void shouldBeAWholeNumberInJson() {
        assertThat(new ObjectMapper().<JsonNode>valueToTree(Map.of("to", new LazyNumber(null, call -> 9))).toString()).isEqualTo("{\"to\":9}");
    }
}
