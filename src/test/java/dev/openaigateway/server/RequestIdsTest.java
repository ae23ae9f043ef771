package dev.openaigateway.server;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

class RequestIdsTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "req_1.2-3", "550e8400-e29b-41d4-a716-446655440000"})
    void shouldKeepTheClientsId(String id) {
        assertThat(RequestIds.of(id)).isEqualTo(id);
    }

    @Test
    void shouldKeepAnIdOfUpTo128Characters() {
        assertThat(RequestIds.of("a".repeat(128))).isEqualTo("a".repeat(128));
        assertThat(RequestIds.of("a".repeat(129))).startsWith("req-");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "a b", "a\r\nx: y", "a\n", "ä", "${env:X}", "a/b"})
    void shouldReplaceWhatIsNotSane(String id) {
        assertThat(RequestIds.of(id)).matches("req-[0-9a-f]{32}");
    }

    @Property
    void shouldAlwaysGiveASaneId(@ForAll String fromClient) {
        assertThat(RequestIds.of(fromClient)).matches("[A-Za-z0-9._-]{1,128}");
    }

    @Test
    void shouldNotRepeatItself() {
        assertThat(Stream.generate(() -> RequestIds.of(null)).limit(10_000).parallel().collect(Collectors.toSet()))
                .hasSize(10_000);
    }
}
