package dev.openaigateway.tokenizer.prompt;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/** Items of the Responses API that clients send back with the next request. */
class ItemCountTest {

    private static final String TEXT = "patch ".repeat(300);

    @ParameterizedTest
    @ValueSource(strings = {
        "'type':'function_call','arguments':'TEXT'",
        "'type':'function_call_output','output':'TEXT'",
        "'type':'custom_tool_call','name':'apply_patch','input':'TEXT'",
        "'type':'code_interpreter_call','code':'TEXT'",
        "'type':'code_interpreter_call','outputs':[{'type':'logs','logs':'TEXT'}]",
        "'type':'shell_call','action':{'commands':['TEXT']}",
        "'type':'local_shell_call','action':{'type':'exec','command':['TEXT']}",
        "'type':'shell_call_output','output':[{'stdout':'TEXT','stderr':''}]",
        "'type':'shell_call_output','output':[{'stdout':'','stderr':'TEXT'}]",
        "'type':'apply_patch_call','operation':{'type':'update_file','path':'a','diff':'TEXT'}",
        "'type':'reasoning','summary':[{'type':'summary_text','text':'TEXT'}]",
        "'type':'message','role':'user','content':{'type':'input_text','text':'TEXT'}"})
    void shouldCountTheTextOfEachItem(String item) {
        assertThat(count(item)).isBetween(300L, 340L);
    }

    @Test
    void shouldCountAScreenshotAsAnImage() {
        String image = "{'type':'computer_screenshot','image_url':'https://upstream.test/screen.png'}";

        assertThat(count("'type':'computer_call_output','output':" + image))
                .isEqualTo(count("'type':'function_call_output','output':[" + image + "]")).isGreaterThan(100);
    }

    private static long count(String item) {
        String body = "{'input':[{" + item.replace("TEXT", TEXT) + "}]}";
        return PromptCounter.count(PromptKind.RESPONSES, body.replace('\'', '"').getBytes(StandardCharsets.UTF_8), "gpt-4o", Optional.empty()).prompt();
    }
}
