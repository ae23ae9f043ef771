package dev.openaigateway.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

class JsonCursorTest {

    private static final JsonFactory JSON = new JsonFactory();
    private static final String[] PARTS = {"a", "longer than eight bytes", "\\n", "\\\"", "\\\\", "\\u00e4", "\\u20AC", "\\ud83d\\ude00", "\\ud83d", "\\ude00",
        "\u00e4", "\u4f60", "\ud83d\ude00", "\\/", "\\u0022", "{}[],:"};

    @Test
    void shouldReadStringsAsAParserDoes() throws IOException {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            String json = json(random);
            byte[] bytes = ("{\"before\":[{\"a\":" + json + "}],\"text\":" + json + "}").getBytes(StandardCharsets.UTF_8);
            byte[] expected = parsed(json);

            JsonCursor cursor = new JsonCursor(bytes);
            assertThat(cursor.begin()).isTrue();
            assertThat(cursor.nextField()).isEqualTo("before");
            cursor.skip();
            assertThat(cursor.nextField()).isEqualTo("text");

            assertThat(cursor.text().toUtf8()).as(json).isEqualTo(expected);
            assertThat(cursor.text().toText()).as(json).isEqualTo(new String(expected, StandardCharsets.UTF_8));
            assertThat(cursor.text().prefix(Integer.MAX_VALUE)).isEqualTo(cursor.text());
            assertThat(cursor.nextField()).isNull();
        }
    }

    private static String json(Random random) {
        StringBuilder text = new StringBuilder("\"");
        for (int parts = random.nextInt(12); parts > 0; parts--) {
            text.append(PARTS[random.nextInt(PARTS.length)]);
        }
        return text.append('"').toString();
    }

    private static byte[] parsed(String json) throws IOException {
        try (JsonParser parser = JSON.createParser(json)) {
            parser.nextToken();
            return parser.getText().getBytes(StandardCharsets.UTF_8);
        }
    }
}
