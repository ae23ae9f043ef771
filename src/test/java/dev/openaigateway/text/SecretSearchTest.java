package dev.openaigateway.text;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** The quick search for secrets, which may suspect too much and never too little. */
class SecretSearchTest {

    @Test
    void shouldSuspectEachTextWithASecretWhereverItStands() {
        List<String> secrets = List.of("abcdefgh", "sk-0123456789", "a-much-longer-secret-0123456789-0123456789");

        for (String secret : secrets) {
            for (SecretMask mask : List.of(new SecretMask(secrets), new SecretMask(List.of(secret)))) {
                for (int before = 0; before < 50; before++) {
                    byte[] text = ("x".repeat(before) + secret + "y".repeat(50 - before)).getBytes(StandardCharsets.UTF_8);

                    assertThat(mask.mayBeIn(text, 0, text.length)).isTrue();
                    assertThat(mask.mayBeIn(text, before, before + secret.length())).isTrue();
                }
            }
        }
    }

    @Test
    void shouldSuspectATextWithEscapes() {
        byte[] escaped = "abc\\u0064efgh".getBytes(StandardCharsets.UTF_8);

        assertThat(new SecretMask(List.of("abcdefgh")).mayBeIn(escaped, 0, escaped.length)).isTrue();
    }

    @Test
    void shouldSuspectATextThatIsQuotedForAUrlIfThatChangesASecret() {
        byte[] quoted = "100% of abc%2Bdefgh".getBytes(StandardCharsets.UTF_8);

        assertThat(new SecretMask(List.of("abc+defgh")).mayBeIn(quoted, 0, quoted.length)).isTrue();
        assertThat(new SecretMask(List.of("abc+defgh")).mayBeIn(quoted, 0, quoted.length - 8)).isFalse();
        assertThat(new SecretMask(List.of("abc-defgh")).mayBeIn(quoted, 0, quoted.length)).isFalse();
    }

    @Test
    void shouldNotSuspectAnOrdinaryEvent() {
        byte[] event = "data: {\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\" tokens\"}}]}".getBytes(StandardCharsets.UTF_8);

        assertThat(new SecretMask(List.of("sk-0123456789", "0f1e2d3c4b5a6978")).mayBeIn(event, 0, event.length)).isFalse();
        assertThat(new SecretMask(List.of()).mayBeIn(event, 0, event.length)).isFalse();
    }
}
