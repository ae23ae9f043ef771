package dev.openaigateway.affinity;

import dev.openaigateway.openai.ObjectKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** Where a body names stored items, and where an id is of something else. */
class RequestReferencesTest {

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', value = {"`{\"input\":[{\"id\":\"a\"},{\"id\":\"b\",\"x\":{\"y\":1}}]}`, `a,b`", "`{\"items\":[{\"id\":\"a\"}]}`, a",
        "`{\"input\":{\"id\":\"a\"}}`, a", "`{\"input\":[{\"content\":[{\"id\":\"a\"}]}]}`, ``",
        "`{\"input\":[{\"x\":{\"id\":\"a\"}}]}`, ``", "`{\"id\":\"a\"}`, ``", "`[{\"id\":\"a\"}]`, ``",
        "`{\"tools\":[{\"id\":\"a\"}]}`, ``", "`{\"metadata\":{\"input\":[{\"id\":\"a\"}]}}`, ``",
        "`[[{\"input\":[{\"id\":\"a\"}]}]]`, ``"})
    void shouldFindItems(String body, String items) throws IOException {
        String found = RequestReferences.in(body.getBytes(StandardCharsets.UTF_8)).stream().filter(each -> each.kind() == ObjectKind.ITEM)
                .map(Reference::id).collect(Collectors.joining(","));

        assertThat(found).isEqualTo(items);
    }
}
