package dev.openaigateway.affinity;

import dev.openaigateway.openai.ApiException;
import dev.openaigateway.openai.ObjectKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Where a body names stored items, and where an id is of something else. */
class RequestReferencesTest {

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', value = {"`{\"input\":[{\"id\":\"a\"},{\"id\":\"b\",\"x\":{\"y\":1}}]}`, `a,b`", "`{\"items\":[{\"id\":\"a\"}]}`, a",
        "`{\"input\":{\"id\":\"a\"}}`, a", "`{\"input\":[{\"content\":[{\"id\":\"a\"}]}]}`, ``",
        "`{\"input\":[{\"x\":{\"id\":\"a\"}}]}`, ``", "`{\"id\":\"a\"}`, ``", "`[{\"id\":\"a\"}]`, ``",
        "`{\"tools\":[{\"id\":\"a\"}]}`, ``", "`{\"metadata\":{\"input\":[{\"id\":\"a\"}]}}`, ``",
        "`[[{\"input\":[{\"id\":\"a\"}]}]]`, ``"})
    void shouldFindItems(String body, String items) throws IOException {
        String found = found(body).stream().filter(each -> each.kind() == ObjectKind.ITEM).map(Reference::id).collect(Collectors.joining(","));

        assertThat(found).isEqualTo(items);
    }

    private static List<Reference> found(String body) throws IOException {
        FoundReferences found = new FoundReferences();
        RequestReferences.add(body.getBytes(StandardCharsets.UTF_8), found);
        return found.list();
    }

    @Test
    void shouldHoldARepeatedReferenceOnce() throws IOException {
        String ids = "\"file-a\",".repeat(100_000);

        assertThat(found("{\"file_ids\":[" + ids + "\"file-b\"]}")).extracting(Reference::id).containsExactly("file-a", "file-b");
        assertThat(found("{\"input\":[{\"type\":\"message\"," + "\"id\":\"a\",".repeat(100_000) + "\"content\":\"x\"}]}")).hasSize(1);
    }

    @Test
    void shouldHoldTheLastOfManyThatAreSentAndAllThatAreFetched() throws IOException {
        String sent = IntStream.range(0, 2_000).mapToObj("{\"encrypted_content\":\"c%d\"},"::formatted).collect(Collectors.joining());

        List<Reference> found = found("{\"file_ids\":[\"file-a\"],\"input\":[" + sent + "{\"encrypted_content\":\"c1900\"}]}");

        assertThat(found).hasSize(501).first().extracting(Reference::id).isEqualTo("file-a");
        assertThat(found.get(1).id()).isEqualTo("c1500");
        assertThat(found.get(500).id()).isEqualTo("c1900");
    }

    /** While the body is read: it may have millions. */
    @ParameterizedTest
    @ValueSource(strings = {"{\"file_ids\":[%s]}", "{\"input\":[{%s}]}", "{\"input\":[%s]}"})
    void shouldRefuseTooManyBeforeTheBodyEnds(String body) {
        String element = body.contains("file_ids") ? "\"file-%d\"" : body.contains("{%s}") ? "\"id\":\"i%d\"" : "{\"id\":\"i%d\"}";
        String many = IntStream.rangeClosed(0, 10_000).mapToObj(element::formatted).collect(Collectors.joining(","));

        assertThatThrownBy(() -> found(body.formatted(many + ", no JSON"))).isInstanceOf(ApiException.class).hasMessageContaining("10000");
    }
}
