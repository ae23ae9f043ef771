package dev.openaigateway.text;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

class UnicodeTextTest {

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
    void shouldDecode(String charset) {
        for (String json : new String[] {"{}", "1", "[\"\u4f60\ud83d\ude00\"]", "\ufeff{\"a\":1}", "\ufeff\u4f60"}) {
            assertThat(UnicodeText.json(json.getBytes(Charset.forName(charset)))).asString(StandardCharsets.UTF_8).isEqualTo(json.replace("\ufeff", ""));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{}", "[1]", "\u4f60", "\ufeff{}", "bad"})
    void shouldKeepUtf8(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);

        assertThat(UnicodeText.json(bytes)).isSameAs(bytes);
        assertThat(UnicodeText.of(bytes, "text/plain; charset=utf-16")).isSameAs(bytes);
    }

    @ParameterizedTest
    @CsvSource({"UTF-16LE, text/plain;charset=utf-16le", "UTF-16BE, text/plain; charset=UTF-16", "UTF-32LE, text/plain; charset='utf-32LE'", "UTF-32BE, text/plain; a=b; Charset = utf32be"})
    void shouldFollowTheContentType(String charset, String type) {
        assertThat(UnicodeText.of("\u4f60 a".getBytes(Charset.forName(charset)), type)).asString(StandardCharsets.UTF_8).isEqualTo("\u4f60 a");
    }

    @Test
    void shouldLeaveOutZerosOfWhatCannotBeDecoded() {
        assertThat(UnicodeText.of(new byte[] {'`', 'O', ' ', 0, 'k', 0, 'e', 0}, null)).isEqualTo(new byte[] {'`', 'O', ' ', 'k', 'e'});
        assertThat(UnicodeText.of(new byte[] {0, 0, 'k', 0, 0, 0, 'e', 0}, "text/plain; charset=utf-16x")).isEqualTo(new byte[] {'k', 'e'});
    }
}
