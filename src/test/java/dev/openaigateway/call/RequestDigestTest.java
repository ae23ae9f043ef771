package dev.openaigateway.call;

import dev.openaigateway.openai.Operation;
import dev.openaigateway.openai.body.JsonBodyReader;
import dev.openaigateway.openai.body.MultipartReader;
import dev.openaigateway.openai.body.RequestBody;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

class RequestDigestTest {

    @Test
    void shouldTellBodiesAndModelsApart() {
        assertThat(digest("gpt-4o", json("{\"x\":\"Aa\"}"))).isEqualTo(digest("gpt-4o", json("{\"x\":\"Aa\"}")))
                .isNotEqualTo(digest("gpt-4o", json("{\"x\":\"BB\"}"))).isNotEqualTo(digest("o1", json("{\"x\":\"Aa\"}")));
    }

    @Test
    void shouldTakeAFormWithAnotherBoundaryForTheSame() {
        long first = digest("whisper-1", form("a1b2", "sound"));

        assertThat(digest("whisper-1", form("c3d4e5", "sound"))).isEqualTo(first);
        assertThat(digest("whisper-1", form("a1b2", "other"))).isNotEqualTo(first);
    }

    private static long digest(String model, RequestBody body) {
        return new RequestDigest(new ModelRequest(Operation.TRANSCRIPTIONS, body, model, null, null, "", null)).getAsLong();
    }

    private static RequestBody json(String text) {
        return JsonBodyReader.read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static RequestBody form(String boundary, String sound) {
        String text = "--X\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nwhisper-1\r\n"
                + "--X\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.wav\"\r\n\r\n--" + sound + "\r\n--X--\r\n";
        return MultipartReader.read(text.replace("--X", "--" + boundary).getBytes(StandardCharsets.UTF_8), "multipart/form-data; boundary=" + boundary);
    }
}
