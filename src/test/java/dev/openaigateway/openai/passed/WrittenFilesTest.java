package dev.openaigateway.openai.passed;

import com.fasterxml.jackson.databind.JsonNode;
import dev.openaigateway.openai.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

class WrittenFilesTest {

    private static final String BATCH = """
            {"id":"batch-1","output_file_id":"a","error_file_id":"b","file":{"id":"c","other":{"id":"x"}},"result_files":["d","",1,["x"],"e"],
             "files":["x"],"data":[{"output_file_id":"x"}],"metadata":{"output_file_id":"x","file":{"id":"x"},"result_files":["x"]}}""";

    private static Optional<List<String>> found(String json) {
        return WrittenFiles.in(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void shouldFindThoseOfTheObjectItself() throws IOException {
        JsonNode entry = Json.MAPPER.readTree(BATCH);

        assertThat(found(BATCH).orElseThrow()).containsExactlyInAnyOrder("a", "b", "c", "d", "e");
        assertThat(WrittenFiles.in(entry)).containsExactlyInAnyOrder("a", "b", "c", "d", "e");
        assertThat(found("{}")).hasValue(List.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "7", "\"a\"", "{\"output_file_id\":\"a\"", "{\"output_file_id\":\"a\"} {}", "{\"output_file_id\":\"a\"} x", "no"})
    void shouldFindNoneInWhatIsNoObject(String json) {
        assertThat(found(json)).isEmpty();
    }

    @Test
    void shouldEstimateATreeByItsValues() {
        byte[] numbers = ("[" + "0.5,".repeat(100_000) + "1]").getBytes(StandardCharsets.UTF_8);

        assertThat(TreeSize.of(numbers)).isGreaterThan(10L * numbers.length);
        assertThat(TreeSize.of(("\"" + "x".repeat(100_000) + "\"").getBytes(StandardCharsets.UTF_8))).isLessThan(1_000);
    }
}
