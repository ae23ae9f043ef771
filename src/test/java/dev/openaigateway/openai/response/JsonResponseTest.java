package dev.openaigateway.openai.response;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

class JsonResponseTest {

    @ParameterizedTest
    @ValueSource(strings = {"'code':'500','message':'ok'", "'errcode':-1", "'code':{'name':'x'}", "'success':'False'", "'ok':0", "'status':503", "'status':'Failure'",
        "'base_resp':{'success':true,'status_code':2013}", "'error_msg':'quota'", "'detail':[{'loc':['body'],'msg':'no'}]"})
    void shouldReadFailuresFromValues(String member) throws IOException {
        assertThat(read("{'id':'1'," + member + "}").error()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"'code':null", "'code':''", "'code':'0'", "'status_code':200", "'error_code':'SUCCESS'", "'code':10000,'message':'success'", "'success':null",
        "'status':'completed'", "'status':200", "'base_resp':null", "'base_resp':'x'", "'base_resp':[1]", "'errors':{}", "'detail':''", "'err_msg':'success.'", "'message':'failed'"})
    void shouldReadNoFailureFromNamesAlone(String member) throws IOException {
        JsonResponse response = read("{" + member + ",'id':'1'}");

        assertThat(response.error()).isNull();
        assertThat(response.result()).isTrue();
    }

    private static JsonResponse read(String json) throws IOException {
        return JsonResponse.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}
