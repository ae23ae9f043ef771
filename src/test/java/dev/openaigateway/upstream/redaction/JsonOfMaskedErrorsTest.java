package dev.openaigateway.upstream.redaction;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.openaigateway.config.Settings;
import dev.openaigateway.config.load.Environment;
import dev.openaigateway.problem.InvalidSettingsException;
import dev.openaigateway.support.TestSettings;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** An error of an upstream stays JSON with the same members, however it is written and whatever stands beside what is masked. */
class JsonOfMaskedErrorsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TOKEN = "tok/abcdefgh+ijklmnop==";
    private static final String JSON_TOKEN = "eyJhbGciOiJub25lIn0.eyJhIjoiYiJ9.c2ln";
    private static final List<String> SECRETS = List.of("key-of-first", "key\"of\\third", "uencoded0key", "0a1b2c3d4e5f", "key-of-end\\", "secret/header=of",
            "news.example", "a.example", "api:80", "10.1.2.3", TOKEN, JSON_TOKEN);
    private static final List<String> BESIDE = List.of("\"", "\\", "\n", "\t", "\b", "\u0001", "/", "//", "http://", "'", ",", " ", "n", "b", "u", "u00", "u000", "ä", "€",
            "Bearer ", "bearer ", "host=", "api", "error", "key-of-end", "a1b2c3d4e5f", "1b2c3d4e5f", "ews.example", ".example", "\"Bearer \"", ":", ".");

    private final Settings settings;
    private final Redaction redaction;

    JsonOfMaskedErrorsTest() throws InvalidSettingsException {
        settings = TestSettings.parse("""
                instances:
                  - { name: a, provider_type: azure, identity: managed, api_base: 'https://news.example', targets: { m: { embeddings: { base_url: 'http://api/v1' } } },
                      headers: { X-Auth: 'Basic secret/header=of' } }
                  - { name: b, provider_type: generic, api_base: 'https://a.example', api_key: key-of-first, targets: { m: { embeddings: { base_url: 'http://10.1.2.3/v1' } } } }
                  - { name: c, provider_type: generic, api_base: 'http://error', api_key: 'key"of\\third' }
                  - { name: d, provider_type: generic, api_base: 'http://message:80', api_key: uencoded0key }
                  - { name: e, provider_type: azure, identity: managed, api_base: 'https://u.example' }
                  - { name: f, provider_type: generic, api_base: 'https://f.example', api_key: 0a1b2c3d4e5f }
                  - { name: g, provider_type: generic, api_base: 'https://g.example', api_key: 'key-of-end\\' }
                """, new Environment(Map.of(), Path.of("/nonexistent")));
        redaction = new Redaction(settings);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(Arbitraries.of(SECRETS), Arbitraries.of(BESIDE), Arbitraries.of(BESIDE)).list().ofMaxSize(8).map(parts -> String.join("", parts));
    }

    @Property(tries = 2_000)
    void shouldStayJson(@ForAll("texts") String text, @ForAll long seed) throws IOException {
        Random random = new Random(seed);
        String error = "{\"error\":{\"message\":" + quoted(text, random) + ",\"code\":\"api_error\",\"param\":null}}";
        String nested = "{\"error\":{\"message\":" + quoted(error, random) + "},\"message\":\"\"}";

        for (var instance : settings.instances()) {
            for (String written : List.of(error, nested)) {
                String shown = new String(redaction.of(written.getBytes(StandardCharsets.UTF_8), instance), StandardCharsets.UTF_8);
                JsonNode masked = JSON.readTree(shown);
                assertThat(masked.path("error").path("message").isTextual()).as(shown).isTrue();
                assertThat(masked).as(shown).hasSameSizeAs(JSON.readTree(written));
            }
            JsonNode masked = JSON.readTree(redaction.of(error.getBytes(StandardCharsets.UTF_8), instance)).path("error");
            assertThat(masked.path("code").asText()).isEqualTo("api_error");
            assertThat(masked.path("message").asText()).doesNotContain("key-of-first", "uencoded0key");
        }
    }

    /** As JSON writers do, some of which escape more than they have to. */
    private static String quoted(String text, Random random) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars().forEach(character -> quoted.append(written((char) character, random)));
        return quoted.append('"').toString();
    }

    private static String written(char character, Random random) {
        int named = "\"\\/\n\t\b".indexOf(character);
        boolean must = character < ' ' || character == '"' || character == '\\';
        if (named >= 0 && random.nextInt(4) > 0) {
            return "\\" + "\"\\/ntb".charAt(named);
        }
        return must || random.nextInt(20) == 0 ? "\\u%04x".formatted((int) character) : String.valueOf(character);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', value = {
        "The header \\\"Authorization: Bearer tok-abcdefgh\\\" is, The header \\\"Authorization: ****\\\" is",
        "Expected Bearer \\\"key\\\" or, Expected Bearer \\\"key\\\" or",
        "Bearer tok-abcdefgh\\nnext line, ****\\nnext line",
        "bearer abc\\/def\\u002bghi\\u003D\\u003d\\u0022 is, ****\\u0022 is",
        "{\\\"a\\\": \\\"Bearer abc\\\\/def\\\\\\/ghi\\\\u003d\\\\\\\"x\\\"}, {\\\"a\\\": \\\"****\\\\\\\"x\\\"}",
        "\\bearer abc or eyJa.eyJb.c\\n, **** or ****\\n"
    })
    void shouldMaskATokenUpToItsEnd(String text, String shown) {
        byte[] masked = redaction.of(text.getBytes(StandardCharsets.UTF_8), settings.instances().get(0));

        assertThat(masked).asString(StandardCharsets.UTF_8).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({"Bearer a, /", "Bearer a, +", "Bearer a, \\/", "Bearer , \\", "x, \\", "x, \\u00"})
    void shouldMaskLongTextsInOnePass(String beginning, String piece) {
        String text = beginning + piece.repeat(1_000_000 / piece.length());

        String shown = new String(redaction.of(text.getBytes(StandardCharsets.UTF_8), settings.instances().get(0)), StandardCharsets.UTF_8);

        assertThat(shown).isIn("****", text);
    }
}
