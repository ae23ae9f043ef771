package dev.openaigateway.throttle;

import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.Random;

import static dev.openaigateway.throttle.PricedRequest.instance;
import static org.assertj.core.api.Assertions.assertThat;

/** Files and signatures that clients send with tools and with calls of tools reserve no tokens of a text. */
@GatewayTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReservedFilesTest {

    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private TestGateway gateway;

    @BeforeAll
    void start() {
        gateway = TestGateway.start("rate_limit: { tpm: 100000, default_max_tokens: 10 }\ninstances:\n"
                + instance("first", upstream, 1, ", max_input_tokens: 2000"));
    }

    @AfterAll
    void stop() {
        gateway.close();
        upstream.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "responses        | 200 | 'input':'a','tools':[{'type':'image_generation','input_image_mask':{'image_url':'data:image/webp;base64,FILE'}}]",
        "responses        | 200 | 'input':'a','tools':[{'type':'shell','environment':{'type':'container_auto','skills':[{'type':'inline','source':{'data':'FILE'}}]}}]",
        "responses        | 400 | 'input':'a','tools':[{'type':'function','name':'f','data':'FILE'}]",
        "chat/completions | 200 | 'messages':[{'role':'assistant','tool_calls':[{'id':'c','extra_content':{'google':{'thought_signature':'FILE'}}}]}]",
        "chat/completions | 400 | 'messages':[{'role':'assistant','tool_calls':[{'id':'c','function':{'name':'f','arguments':'FILE'}}]}]",
        "chat/completions | 200 | 'messages':[{'role':'assistant','provider_specific_fields':{'thought_signatures':['FILE','FILE']}}]",
        "chat/completions | 200 | 'messages':[{'role':'user','content':'a','images':['FILE']}]",
        "chat/completions | 200 | 'messages':[{'role':'user','content':[{'type':'image_embeds','image_embeds':{'pixels':'FILE'}}]}]",
        "completions      | 200 | 'prompt_embeds':'FILE'"})
    void shouldAcceptFilesButNoTextLongerThanThePrompt(String path, int status, String members) {
        // given
        byte[] file = new byte[20_000];
        new Random(1).nextBytes(file);
        String body = "{'model':'gpt-4o'," + members.replace("FILE", Base64.getEncoder().encodeToString(file)) + "}";

        // when
        HttpResponse<String> response = gateway.post("/v1/" + path, body.replace('\'', '"'));

        // then
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    }
}
