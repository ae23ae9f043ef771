package dev.openaigateway.affinity;

import dev.openaigateway.openai.body.PassedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

class NamedIdsTest {

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            file-1     | {"file_id":"file-1"}       | true
            file-1     | file-1                     | true
            file-1     | {"file_id":"file-12"}      | false
            file-1     | {"file_id":"my_file-1"}    | false
            file-1     | {"a":"file-12","b":"file-1"} | true
            conv_a     | {}                         | true
            a.b=:c     | {"id":"a.b=:c"}            | true
            a.b=:c     | {"id":"a.b=:cd"}           | false
            .file-1    | {"id":".file-1"}           | true
            .file-1    | {"id":"x.file-1"}          | false
            a%2Fbc     | bc a%2Fbc                  | true
            a%2Fbc     | a/bc %2Fbc                 | false
            fíle       | {"id":"fíle"}              | true
            ...        | {}                         | true
            """)
    void shouldFindAnIdThatIsNoPartOfAWord(String id, String body, boolean named) {
        assertThat(NamedIds.in(request(body.getBytes(StandardCharsets.UTF_8)), List.of(id, "other"))).isEqualTo(named ? Set.of(id) : Set.of());
    }

    @Test
    void shouldLookForManyIdsAtOnce() {
        byte[] body = new byte[20_000_000];
        Arrays.fill(body, (byte) 'x');
        IntStream.range(0, body.length / 10).forEach(i -> body[10 * i] = '/');
        byte[] last = "/item_7".getBytes(StandardCharsets.UTF_8);
        System.arraycopy(last, 0, body, body.length - last.length, last.length);
        List<String> ids = IntStream.range(0, 1_000).mapToObj(i -> "item_" + i).toList();

        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> assertThat(NamedIds.in(request(body), ids)).containsExactly("item_7"));
    }

    private static PassedRequest request(byte[] body) {
        return new PassedRequest("POST", "conversations/conv_a/items", "application/json", body, false);
    }
}
