package dev.openaigateway.upstream.redaction;

import dev.openaigateway.config.Settings;
import dev.openaigateway.config.load.Environment;
import dev.openaigateway.openai.response.SseData;
import dev.openaigateway.openai.response.errors.ErrorRewriter;
import dev.openaigateway.problem.InvalidSettingsException;
import dev.openaigateway.support.TestSettings;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** An error that is changed in pieces, because it is longer than 64 KB, shows no secret at the edge of a piece, although it has nothing but secrets. */
class PieceEdgesTest {

    private static final int LENGTH = 67_000;
    private static final int READ = 8192;
    private static Settings settings;

    @BeforeAll
    static void prepare() throws InvalidSettingsException {
        settings = TestSettings.parse("""
                instances:
                  - { name: a, provider_type: generic, api_base: 'https://one.example', api_key: sk-proj-one }
                  - { name: b, provider_type: generic, api_base: 'https://two.example', api_key: sk-proj-one-and-more }
                  - { name: c, provider_type: generic, api_base: 'https://three.example', api_key: 'ab"c\\d=e/fg' }
                  - { name: d, provider_type: generic, api_base: 'https://four.example', api_key: xyxyxyxyxy }
                """, new Environment(Map.of(), Path.of("/nonexistent")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sk-proj-one", "sk-proj-one-and-more", "xyxyxyxyxy", "sk-proj-onexyxyxyxyxysk-proj-one-and-more", "ab\\\"c\\\\d=e\\/fg",
            "\\u0061b\\u0022c\\u005cd\\u003De\\u002ffg", "xyxyxyxyxyab\\\\\\\"c\\\\\\\\d\\\\u003De\\\\/fg", "\\nsk-proj-one\\\\"})
    void shouldShowNoSecretWhereverThePiecesEnd(String secrets) {
        for (int before = 0; before <= secrets.length(); before++) {
            String error = "\"" + "-".repeat(before) + secrets.repeat(LENGTH / secrets.length()) + "\"";
            String masked = masked(error);

            String json = "{\"choices\":[{\"error\":%s}]}";
            assertThat(passed(json.formatted(error))).as("with %d characters before the secrets", before).isEqualTo(json.formatted(masked));
            String event = "data: " + json + "\n\n";
            byte[] changed = SseData.withErrors(event.formatted(error).getBytes(StandardCharsets.ISO_8859_1), false, PieceEdgesTest::mask);
            assertThat(text(changed)).as("an event").isEqualTo(event.formatted(masked));
        }
    }

    private static String passed(String json) {
        ErrorRewriter errors = new ErrorRewriter(PieceEdgesTest::mask, null);
        ByteArrayOutputStream passed = new ByteArrayOutputStream();
        byte[] all = json.getBytes(StandardCharsets.ISO_8859_1);
        for (int at = 0; at < all.length; at += READ) {
            byte[] read = Arrays.copyOfRange(all, at, Math.min(all.length, at + READ));
            passed.writeBytes(errors.pass(read, read.length));
        }
        passed.writeBytes(errors.rest());
        return text(passed.toByteArray());
    }

    private static String masked(String text) {
        String masked = text(mask(text.getBytes(StandardCharsets.ISO_8859_1)));
        assertThat(masked).containsPattern("^\"-*[\\\\n*]*\"$");
        return masked;
    }

    private static byte[] mask(byte[] text) {
        return new Redaction(settings).of(text, settings.instances().get(0));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
