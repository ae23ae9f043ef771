package dev.openaigateway.json;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

import static org.assertj.core.api.Assertions.assertThat;

class JsonNumberTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "0|0", "-0|0", "7|7", "-7|-7", "123456789012345678|123456789012345678", "1000000000.0|1000000000", "4.0|4", "1e9|1000000000", "1E+3|1000",
        "2.5e1|25", "10e-1|1", "-1e3|-1000", "1e-999999999|0", "3.2|4", "-3.2|-3"})
    void shouldReadEveryFormOfANumber(String json, long value) {
        assertThat(read(json)).hasValue(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"99999999999999999999", "9223372036854775807", "1e19", "1e400", "1e999999999", "'99999999999999999999'", "'1e400'"})
    void shouldReadAHugeNumberAsTheLargest(String json) {
        assertThat(read(json)).hasValue(Long.MAX_VALUE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "'10'|10", "'4.0'|4", "'1e3'|1000", "'-5'|-5", "'+10'|10", "'007'|7", "' 10 '|10", "'\\n10\\t'|10", "'\\u0034'|4", "'\\u00a04'|4",
        "'1_000'|1000", "'.5'|1", "'5.'|5"})
    void shouldReadANumberInAString(String json, long value) {
        assertThat(read(json)).hasValue(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "true", "[1]", "{'a':1}", "''", "' '", "'ten'", "'NaN'", "'Infinity'", "'0x10'", "'0x1p3'", "'10f'", "'1 0'", "'.'", "'_'",
        "'1e'", "'[1]'"})
    void shouldReadNothingElse(String json) {
        assertThat(read(json)).isEmpty();
    }

    @Test
    void shouldNotTakeALongTextForASmallNumber() {
        assertThat(read("'" + "0".repeat(1_000_000) + "4'")).hasValue(Long.MAX_VALUE);
        assertThat(read("'" + " ".repeat(1_000_000) + "4'")).hasValue(Long.MAX_VALUE);
        assertThat(read("'" + "word ".repeat(200_000) + "'")).isEmpty();
    }

    /** @param json with single quotes for double ones */
    private static OptionalLong read(String json) {
        byte[] bytes = ("[" + json.replace('\'', '"') + "]").getBytes(StandardCharsets.UTF_8);
        return JsonNumber.integer(bytes, 1, bytes.length - 1);
    }
}
