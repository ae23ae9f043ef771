package dev.openaigateway.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

class JsonScanTest {

    private static final JsonFactory JSON = new JsonFactory();
    private static final List<String> SEEDS = List.of(
            "{\"model\":\"gpt-4o\",\"max_tokens\":50,\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"a\\n\\\"b\\\" \\u00e4 \u4f60\u597d \ud83d\ude00\"}]}",
            " { \"a\" : [ ] , \"b\" : { } , \"c\" : [ 1 , -2.5e+10 , 0 , 1E3 , 0.1 ] , \"d\" : null , \"e\" : false } \r\n",
            "{\"tools\":[{\"type\":\"function\",\"function\":{\"parameters\":{\"type\":\"object\",\"properties\":{\"x\":{\"type\":[\"string\",\"null\"]}}}}}]}",
            "{}", "{\"a\":{\"b\":[[[{\"c\":\"\\\\\"}]]]},\"\":\"\"}");
    private static final JsonNames NAMES = new JsonNames(List.of("type", "content"));
    private static final byte[] BYTES = "{}[]\",:\\ \n\t\u0001\u007fu09-+.eEtrufalsn'/".getBytes(StandardCharsets.US_ASCII);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void shouldFindWhatAParserFinds(int seed) {
        byte[] json = SEEDS.get(seed).getBytes(StandardCharsets.UTF_8);

        assertThat(scanned(json)).isNotNull().isEqualTo(parsed(json));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void shouldAcceptNothingThatAParserRefuses(int seed) {
        Random random = new Random(seed);
        byte[] whole = SEEDS.get(seed).getBytes(StandardCharsets.UTF_8);
        int accepted = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] json = changed(whole, random);
            List<String> found = scanned(json);
            if (found != null) {
                accepted++;
                assertThat(found).as(() -> new String(json, StandardCharsets.UTF_8)).isEqualTo(parsed(json));
            }
        }
        assertThat(accepted).isPositive();
    }

    @Test
    void shouldLeaveUnusualTextsToAParser() {
        assertThat(scanned("{\"a\":" + "[".repeat(300) + "]".repeat(300) + "}")).as("deep").isNull();
        assertThat(scanned("{\"a\":" + "1".repeat(100) + "}")).as("long number").isNull();
        assertThat(scanned("{\"" + "n".repeat(300) + "\":1}")).as("long name").isNull();
        assertThat(scanned("{\"m\\u006fdel\":1}")).as("escapes in a name").isNull();
        assertThat(scanned("{" + "\"a\":1,".repeat(300) + "\"b\":1}")).as("many members").isNull();
        assertThat(scanned("\ufeff{}")).as("byte order mark").isNull();
    }

    private static byte[] changed(byte[] whole, Random random) {
        byte[] json = Arrays.copyOf(whole, whole.length);
        for (int changes = random.nextInt(3); changes >= 0; changes--) {
            int at = random.nextInt(json.length);
            byte one = random.nextInt(4) == 0 ? (byte) random.nextInt(256) : BYTES[random.nextInt(BYTES.length)];
            switch (random.nextInt(4)) {
                case 0 -> json[at] = one;
                case 1 -> json = Arrays.copyOf(json, Math.max(1, at));
                case 2 -> System.arraycopy(json, at, json, Math.max(0, at - 1), json.length - at);
                default -> {
                    json = Arrays.copyOf(json, json.length + 1);
                    System.arraycopy(json, at, json, at + 1, json.length - at - 1);
                    json[at] = one;
                }
            }
        }
        return json;
    }

    private static List<String> scanned(String json) {
        return scanned(json.getBytes(StandardCharsets.UTF_8));
    }

    /** Null if the text is not accepted. */
    private static List<String> scanned(byte[] json) {
        JsonScan scan = JsonScan.of(json, NAMES);
        if (scan == null) {
            return null;
        }
        List<String> found = new ArrayList<>(List.of("opens at " + scan.open() + ", mentions: " + scan.mentions()));
        for (int i = 0; i < scan.members(); i++) {
            found.add(scan.name(i) + " at " + scan.start(i) + ": " + scan.value(i) + " to " + scan.end(i));
        }
        return found;
    }

    private static List<String> parsed(byte[] json) {
        try (JsonParser parser = JSON.createParser(json)) {
            assertThat(parser.nextToken()).isEqualTo(JsonToken.START_OBJECT);
            List<String> found = new ArrayList<>(List.of("opens at " + parser.currentLocation().getByteOffset() + ", mentions: " + mentions(json)));
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String member = parser.currentName() + " at " + parser.currentTokenLocation().getByteOffset() + ": ";
                parser.nextToken();
                member += parser.currentTokenLocation().getByteOffset() + " to ";
                parser.skipChildren();
                parser.finishToken();
                found.add(member + parser.currentLocation().getByteOffset());
            }
            assertThat(parser.nextToken()).isNull();
            return found;
        } catch (IOException e) {
            return List.of("refused: " + e.getMessage());
        }
    }

    private static boolean mentions(byte[] json) throws IOException {
        boolean found = false;
        try (JsonParser parser = JSON.createParser(json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                found |= token == JsonToken.FIELD_NAME && List.of("type", "content").contains(parser.currentName());
            }
        }
        return found;
    }
}
