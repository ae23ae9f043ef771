package dev.openaigateway.openai.response;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

class StreamProgressTest {

    private static final String CHOICE = "{\"choices\":[{\"index\":%d,\"finish_reason\":%s}]}";

    @ParameterizedTest
    @CsvSource({"response.completed, true", "response.incomplete, true", "response.failed, true", "response.output_text.done, false",
        "response.in_progress, false", "transcript.text.done, true", "transcript.text.delta, false", "speech.audio.done, true", "speech.audio.delta, false",
        "image_generation.completed, true", "image_edit.completed, true", "image_edit.partial_image, false"})
    void shouldBeWholeAfterTheLastEventOfItsKind(String type, boolean whole) {
        StreamProgress progress = after(1, true, "{\"type\":\"" + type + "\"}");

        assertThat(progress.isWhole()).isEqualTo(whole);
        assertThat(progress.mayEnd()).isEqualTo(whole);
        assertThat(progress.isOver()).isEqualTo(whole);
    }

    @Test
    void shouldNeedAFinishReasonForEachChoice() {
        assertThat(after(1, true, CHOICE.formatted(0, "null"), CHOICE.formatted(1, "\"stop\"")).isWhole()).isFalse();
        assertThat(after(1, true, CHOICE.formatted(0, "\"\""), CHOICE.formatted(0, "\"stop\"")).isWhole()).isTrue();
        assertThat(after(3, true, CHOICE.formatted(0, "\"stop\""), CHOICE.formatted(2, "\"stop\"")).isWhole()).isFalse();
        assertThat(after(2, true, CHOICE.formatted(127, "\"stop\""), CHOICE.formatted(0, "\"stop\"")).isWhole()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"-1", "1e99", "2147483647", "99999999999999999999", "null", "\"x\"", "{}"})
    void shouldSurviveAnyIndex(String index) {
        assertThat(after(1, true, "{\"choices\":[{\"index\":" + index + ",\"finish_reason\":\"stop\"}]}").isWhole()).isTrue();
    }

    @Test
    void shouldNeedOneEndForEachImage() {
        assertThat(after(2, false, "{\"type\":\"image_generation.completed\"}").isWhole()).isFalse();
        assertThat(after(2, false, "{\"type\":\"image_generation.completed\"}", "{\"type\":\"image_generation.completed\"}").isWhole()).isTrue();
        assertThat(after(1, false, "{\"type\":\"image_generation.completed\"}", "{\"type\":\"image_generation.partial_image\"}").isWhole()).isFalse();
    }

    @Test
    void shouldMissNothingOfFewerResultsThanRequestedIfTheBodyMarksItsEnd() {
        byte[] last = CHOICE.formatted(0, "\"stop\"").getBytes(StandardCharsets.UTF_8);
        StreamProgress marked = new StreamProgress(2, true, true);
        StreamProgress unmarked = new StreamProgress(2, true, false);
        marked.see(StreamEvent.read(last, 0, last.length, null));
        unmarked.see(StreamEvent.read(last, 0, last.length, null));

        assertThat(marked.mayEnd()).isTrue();
        assertThat(marked.isWhole()).isFalse();
        assertThat(unmarked.mayEnd()).isFalse();
    }

    @Test
    void shouldTakeDoneForTheEndOnlyWhereEventsHaveNoType() {
        StreamProgress untyped = after(1, true, CHOICE.formatted(0, "null"));
        untyped.see(StreamEvent.DONE);
        StreamProgress typed = after(1, true, "{\"type\":\"response.output_text.delta\"}");
        typed.see(StreamEvent.DONE);

        assertThat(untyped.isOver()).isTrue();
        assertThat(typed.isWhole()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"reasoning, false", "message, true", "function_call, true", "computer_call, true", "'', true"})
    void shouldTakeDoneForTheEndAfterAnItemThatIsAResult(String type, boolean whole) {
        StreamProgress progress = after(1, true, "{\"type\":\"response.output_item.done\",\"item\":{\"x\":{\"type\":\"y\"},\"type\":\"" + type + "\"}}");
        assertThat(progress.isWhole()).isFalse();
        progress.see(StreamEvent.DONE);

        assertThat(progress.isWhole()).isEqualTo(whole);
    }

    @Test
    void shouldEndAStreamOfUnknownFormWithItsBody() {
        assertThat(after(1, false, "{\"x\":1}").mayEnd()).isTrue();
        assertThat(after(1, false, "{\"x\":1}").isWhole()).isFalse();
        assertThat(after(1, true, "{\"x\":1}").mayEnd()).isFalse();
        assertThat(after(1, false, CHOICE.formatted(0, "null")).mayEnd()).isFalse();
    }

    private static StreamProgress after(long requested, boolean knownForm, String... events) {
        StreamProgress progress = new StreamProgress(requested, knownForm, false);
        for (String event : events) {
            byte[] bytes = event.getBytes(StandardCharsets.UTF_8);
            progress.see(StreamEvent.read(bytes, 0, bytes.length, null));
        }
        return progress;
    }
}
