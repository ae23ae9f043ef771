package dev.openaigateway.tokenizer.prompt;

import dev.openaigateway.tokenizer.Tokenizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Files and signatures in tools and in calls of tools are no text, but what a model may read as text counts, however it looks. */
class ToolFilesTest {

    private static final String FILE = encoded(random(30_000));
    private static final String IMAGE = encoded(ByteBuffer.allocate(30_000).put(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0, 0, 13})
            .put("IHDR".getBytes(StandardCharsets.ISO_8859_1)).putInt(512).putInt(512).put(random(20_000)).array());
    private static final String WORDS = "word ".repeat(2000);
    private static final String ENCODED_WORDS = encoded(WORDS.getBytes(StandardCharsets.UTF_8));
    /** Valid base64 that decodes to no text. */
    private static final String LETTERS = "PleaseTellMeAllAboutTheGardens".repeat(400);
    private static final int IMAGE_TOKENS = 255;

    @ParameterizedTest
    @ValueSource(strings = {
        "'tools':[{'type':'shell','environment':{'skills':[{'type':'inline','name':'n','source':{'type':'base64','data':'FILE'}}]}}]",
        "'tools':[{'environment':{'skills':[{'source':{'data':'FILE'}}]},'type':'shell'}]",
        "'tools':[{'type':'namespace','tools':[{'type':'shell','source':{'data':'data:application/zip;base64,FILE'}}]}]",
        "'tools':[{'type':'function','function':{'name':'f'}},{'type':'x','file_data':['FILE','FILE']}]",
        "'tools':[{'type':'x','some_url':'DATA:application/zip;base64,FILE'}]",
        "'messages':[{'tool_calls':[{'type':'function','function':{'name':'f'},'extra_content':{'google':{'thought_signature':'FILE'}}}]}]",
        "'messages':[{'tool_calls':[{'type':'function','function':{'name':'f'},'provider_specific_fields':{'thought_signatures':['FILE','FILE']}}]}]",
        "'messages':[{'tool_calls':[{'function':{'name':'f','arguments':'{}','thought_signature':'FILE'}}]}]",
        "'messages':[{'role':'tool','tools':[{'type':'shell','source':{'data':'FILE'}}]}]"})
    void shouldNotCountFilesAndSignatures(String members) {
        assertThat(count(members.replace("FILE", FILE))).isEqualTo(count(members.replaceAll("[a-zA-Z:/;0-9,]*FILE", "")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"'image_url':'data:image/png;base64,IMAGE'", "'image_url':{'url':'data:image/png;base64,IMAGE'}", "'data':'IMAGE'"})
    void shouldCountAnImageByItsSize(String member) {
        String tools = "'tools':[{'type':'image_generation','input_image_mask':{%s}}]";

        assertThat(count(tools.formatted(member.replace("IMAGE", IMAGE))))
                .isEqualTo(count(tools.formatted(member.replaceAll("[a-z:/;0-9,]*IMAGE", ""))) + IMAGE_TOKENS);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "'tools':[{'type':'shell','source':{'data':'CODE'}}]",
        "'tools':[{'type':'shell','some_url':'data:text/plain;base64,CODE'}]",
        "'messages':[{'tool_calls':[{'type':'function','extra_content':{'thought_signature':'CODE'}}]}]"})
    void shouldCountATextInBase64(String members) {
        assertThat(count(members.replace("CODE", ENCODED_WORDS)))
                .isCloseTo(count(members.replaceAll("[a-z:/;0-9,]*CODE", "")) + Tokenizer.O200K_BASE.count(WORDS), within(6L));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "'messages':[{'tool_calls':[{'type':'function','function':{'name':'f','arguments':'LETTERS'}}]}]",
        "'messages':[{'tool_calls':[{'type':'function','function':{'name':'f','arguments':{'thought_signature':'LETTERS'}}}]}]",
        "'messages':[{'tool_calls':[{'type':'function','function':{'name':'f','arguments':{'data':'LETTERS'}}}]}]",
        "'messages':[{'tool_calls':[{'type':'function','function':{'name':'f','data':'LETTERS'}}]}]",
        "'messages':[{'tool_calls':[{'id':'LETTERS','type':'function','function':{'name':'f'}}]}]",
        "'messages':[{'tool_calls':[{'type':'custom','custom':{'name':'f','input':'LETTERS'}}]}]",
        "'messages':[{'tool_calls':[{'type':'function','image_url':'data:image/png;base64,LETTERS'}]}]",
        "'messages':[{'tool_calls':{'thought_signature':'LETTERS'}}]",
        "'messages':[{'function_call':{'name':'f','thought_signature':'LETTERS'}}]",
        "'messages':[{'arguments':{'data':'LETTERS'}}]",
        "'messages':[{'content':'LETTERS'}]",
        "'messages':[{'content':'data:image/png;base64,LETTERS'}]",
        "'functions':[{'type':'x','data':'LETTERS'}]",
        "'tools':{'type':'x','data':'LETTERS'}",
        "'tools':[{'type':'function','function':{'name':'f','description':'LETTERS'}}]",
        "'tools':[{'type':'function','function':{'name':'f','data':'LETTERS'}}]",
        "'tools':[{'type':'function','function':{'name':'f'},'data':'LETTERS'}]",
        "'tools':[{'data':'LETTERS','type':'function','function':{'name':'f'}}]",
        "'tools':[{'data':'LETTERS','t\\u0079pe':'functi\\u006fn','function':{'name':'f'}}]",
        "'tools':[{'type':'x','data':'LETTERS','function':{'name':'f'}}]",
        "'tools':[{'type':'x','data':'LETTERS','type':'function'}]",
        "'tools':[{'type':'function','data':'LETTERS','type':'x'}]",
        "'tools':[{'type':'x','items':{'data':'LETTERS'}}]",
        "'tools':[{'name':'f','data':'LETTERS','input_schema':{}}]",
        "'tools':[{'type':'mcp','server_description':'LETTERS'}]",
        "'tools':[{'type':'mcp','server_description':'data:image/png;base64,LETTERS'}]",
        "'tools':[{'type':'mcp','server_url':'LETTERS'}]",
        "'tools':[{'type':'mcp','server_url':'data:LETTERS'}]",
        "'tools':[{'type':'x','parameters':{'properties':{'data':'LETTERS'}}}]",
        "'tools':[{'type':'x','parameters':{'type':'x','data':'LETTERS'}}]",
        "'tools':[{'type':'namespace','tools':[{'type':'function','name':'f','data':'LETTERS'}]}]",
        "'tools':[{'type':'namespace','tools':[{'name':'f','data':'LETTERS'}]}]"})
    void shouldCountATextThatLooksLikeBase64(String members) {
        assertThat(count(members.replace("LETTERS", LETTERS)) - count(members.replace("LETTERS", "")))
                .isCloseTo(Tokenizer.O200K_BASE.count(LETTERS), within(6L));
    }

    /** Of many files in one list, only these are taken out. */
    @Test
    void shouldCountWhatStandsBetweenFiles() {
        String tools = "'tools':[{'type':'x','data':'%s','description':'before'},{'type':'function','name':'f','data':'" + LETTERS
                + "'},{'type':'x','description':'after','data':'%s'},{'type':'x','data':'not/base64!" + LETTERS + "'}]";

        assertThat(count(tools.formatted(FILE, FILE))).isEqualTo(count(tools.formatted("", "")));
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(1).nextBytes(bytes);
        return bytes;
    }

    private static String encoded(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static long count(String members) {
        String body = "{" + members + "}";
        return PromptCounter.count(PromptKind.CHAT, body.replace('\'', '"').getBytes(StandardCharsets.UTF_8), "gpt-4o", Optional.empty()).prompt();
    }
}
