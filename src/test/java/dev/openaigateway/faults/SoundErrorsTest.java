package dev.openaigateway.faults;

import dev.openaigateway.support.Reply;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** JSON in place of sound or of its text, under a status of success. */
class SoundErrorsTest extends TwoInstances {

    @ParameterizedTest
    @ValueSource(strings = {"speech", "transcriptions", "translations"})
    void shouldCallTheNextInstanceWhenAnErrorComesInPlaceOfSoundOrText(String operation) {
        first.enqueue(Reply.json(200, "{\"code\":500,\"msg\":\"engine down\"}"));

        assertThat(instance(gateway.post("/v1/audio/" + operation, "{\"model\":\"gpt-4o\",\"input\":\"Hi\"}"))).isEqualTo("second");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"transcription\":\"Hi\"}", "{\"text\":\"Hi\",\"message\":\"\"}", "{\"audio\":\"AAAA\"}"})
    void shouldPassJsonOfAnotherFormInPlaceOfSoundOrText(String body) {
        first.enqueue(Reply.json(200, body));

        assertThat(gateway.post("/v1/audio/speech", "{\"model\":\"gpt-4o\",\"input\":\"Hi\"}").body()).isEqualTo(body);
    }
}
