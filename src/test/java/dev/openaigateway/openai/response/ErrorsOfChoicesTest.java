package dev.openaigateway.openai.response;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

class ErrorsOfChoicesTest {

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = ';', value = {
        "{\"choices\":[{\"error\":{\"message\":\"a\",\"b\":[1,{}]},\"x\":1}]}; {\"choices\":[{\"error\":0,\"x\":1}]}",
        "{\"choices\":[{\"error\" : \"\u00e9 \\\"}\" ,\"x\":1}, {\"y\":\"\u20ac\",\"error\":12 }]}; {\"choices\":[{\"error\" : 0 ,\"x\":1}, {\"y\":\"\u20ac\",\"error\":0 }]}",
        "{\"choices\":[{\"error\":true,\"error\":[\"]\"]}]}; {\"choices\":[{\"error\":0,\"error\":0}]}",
        "{\"error\":1,\"choices\":[{\"message\":{\"error\":2}},[{\"error\":3}]],\"x\":[{\"error\":4}]}; {\"error\":1,\"choices\":[{\"message\":{\"error\":2}},[{\"error\":3}]],\"x\":[{\"error\":4}]}",
        "\ufeff{\"choices\":[{\"error\":\"a\"}]}; \ufeff{\"choices\":[{\"error\":0}]}",
        "{\"choices\":[{\"error\":{}; 0",
        "{\"choices\":[{\"error\":nothing}]}; 0"
    })
    void shouldChangeNothingElse(String json, String changed) {
        assertThat(ErrorsOfChoices.changeIn(json.getBytes(StandardCharsets.UTF_8), error -> new byte[] {'0'})).asString(StandardCharsets.UTF_8).isEqualTo(changed);
    }

    @ParameterizedTest
    @CsvSource({"UTF-16BE", "UTF-32LE"})
    void shouldChangeOtherEncodingsAsAWhole(String charset) throws Exception {
        byte[] json = "{\"choices\":[{\"error\":\"a\"}]}".getBytes(charset);

        assertThat(ErrorsOfChoices.changeIn(json, whole -> new byte[whole.length])).containsOnly(0).hasSize(json.length);
    }
}
