package dev.openaigateway.tokenizer.prompt;

import dev.openaigateway.tokenizer.Tokenizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Which members of a request count: all with a text, but for those that are known to be no prompt. */
class MemberCountTest {

    private static final String TEXT = "patch ".repeat(300);
    private static final int TOKENS = Tokenizer.O200K_BASE.count(TEXT);
    private static final String BINARY = Base64.getEncoder().encodeToString(new byte[3000]);

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "CHAT        | `'prediction':{'type':'content','content':'TEXT'}`",
        "CHAT        | `'messages':[{'future':{'deep':[['TEXT']]}}]`",
        "CHAT        | `'messages':['TEXT']`",
        "CHAT        | `'messages':[{'content':[['TEXT']]}]`",
        "CHAT        | `'messages':[{'content':[{'type':'refusal','refusal':'TEXT'}]}]`",
        "CHAT        | `'messages':[{'content':[{'type':'document','source':{'type':'text','media_type':'text/plain','data':'TEXT'}}]}]`",
        "CHAT        | `'messages':[{'content':[{'type':'file','file':{'filename':'TEXT','file_id':'f'}}]}]`",
        "CHAT        | `'response_format':{'type':'grammar','grammar':'TEXT'}`",
        "COMPLETIONS | `'suffix':'TEXT'`",
        "EMBEDDINGS  | `'input':[{'content':[{'type':'text','text':'TEXT'}]}]`",
        "RESPONSES   | `'input':[{'type':'mcp_call','output':null,'error':{'type':'x','message':'TEXT'}}]`",
        "RESPONSES   | `'input':[{'type':'file_search_call','queries':['TEXT']}]`",
        "RESPONSES   | `'input':[{'type':'image_generation_call','revised_prompt':'TEXT'}]`",
        "RESPONSES   | `'input':[{'type':'x','result':'TEXT'}]`",
        "RESPONSES   | `'prompt':{'variables':{'status':'TEXT','role':null}}`",
        "MEDIA       | `'prompt':'TEXT'`",
        "MEDIA       | `'negative_prompt':'TEXT'`",
        "CHAT        | `'messages':[{'images':['TEXT']}]`",
        "MEDIA       | `'instructions':'TEXT'`"})
    void shouldCountTheText(PromptKind kind, String members) {
        assertThat(count(kind, members)).isCloseTo(count(kind, members.replace("TEXT", "")) + TOKENS, within(6L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"type", "id", "status", "call_id", "tool_call_id", "encrypted_content", "signature", "annotations", "logprobs", "metadata",
        "thought_signatures", "image_embeds", "audio_embeds", "prompt_embeds", "cache_control", "phase", "created_at", "file_ids", "prompt_cache_breakpoint"})
    void shouldNotCountWhatIsNoPromptInMessages(String member) {
        String message = "'role':'user','content':[{'type':'text','text':'a','%s':%s}],'%s':%s";
        long none = count(PromptKind.CHAT, "'messages':[{'role':'user','content':[{'type':'text','text':'a'}]}]");
        String id = "'" + "call_".repeat(20) + "'";

        for (String value : List.of(id, "[" + id + "]", "{'a':" + id + "}", "17")) {
            String longer = value.equals("17") ? value : value.replace(id, "'TEXT'");
            assertThat(count(PromptKind.CHAT, "'messages':[{" + message.formatted(member, value, member, longer) + "}]")).isEqualTo(none);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'detail':'TEXT'}", "[{'type':'json','json':{'detail':'TEXT'}}]", "{'status':'TEXT'}", "{'id':'TEXT'}", "[{'version':['TEXT']}]",
        "{'TEXT':1}", "[{'type':'tool_result','content':{'TEXT':1}}]", "[{'type':'x','metadata':{'TEXT':1}}]", "{'type':'TEXT'}", "[{'tool_use_id':'TEXT'}]"})
    void shouldCountALongTextAnywhereInAnObjectOfTheContent(String content) {
        long little = count(PromptKind.CHAT, "'messages':[{'role':'tool','content':" + content.replace("TEXT", "a") + "}]");

        assertThat(count(PromptKind.CHAT, "'messages':[{'role':'tool','content':" + content + "}]")).isCloseTo(little + TOKENS, within(8L));
    }

    @Test
    void shouldCountManyShortTextsInAnObjectOfTheContent() {
        StringBuilder members = new StringBuilder("'a':1");
        for (int i = 0; i < 500; i++) {
            members.append(",'member ").append(i).append("':{'id':").append(i).append("}");
        }

        assertThat(count(PromptKind.CHAT, "'messages':[{'role':'tool','content':{" + members + "}}]")).isGreaterThan(1000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[NUMBERS]", "[{'type':'table','rows':[[NUMBERS]]}]", "{'rows':[NUMBERS]}"})
    void shouldCountNumbersInLists(String content) {
        String numbers = IntStream.range(0, 3000).mapToObj(String::valueOf).collect(Collectors.joining(","));

        assertThat(count(PromptKind.CHAT, "'messages':[{'role':'tool','content':" + content.replace("NUMBERS", numbers) + "}]")).isGreaterThan(2900);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'type':'image_url','image_url':{'url':'https://a/b.png','detail':'low'},'id':'part_0123456789abcdef0123456789abcdef01234567'}",
        "{'type':'input_file','file_id':'file-0123456789abcdef0123456789abcdef'}", "{'type':'input_image','detail':'auto','file_id':'file-0123456789abcdef'}"})
    void shouldCountNoLabelsOfOrdinaryParts(String part) {
        String bare = part.replaceAll(",'(id|file_id)':'[^']*'", "");

        assertThat(count(PromptKind.RESPONSES, "'input':[{'role':'user','content':[" + part + "]}]"))
                .isEqualTo(count(PromptKind.RESPONSES, "'input':[{'role':'user','content':[" + bare + "]}]"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"'user'", "'safety_identifier'", "'prompt_cache_key'", "'prompt_cache_retention'", "'metadata'", "'stop'", "'reasoning'",
        "'tool_choice'", "'service_tier'", "'include'", "'conversation'", "'previous_response_id'", "'stream_options'", "'modalities'", "'audio'",
        "'truncation'", "'guided_json'", "'encoding_format'", "'reasoning_effort'", "'verbosity'"})
    void shouldNotCountWhatIsNoPromptInARequest(String member) {
        for (PromptKind kind : PromptKind.values()) {
            assertThat(count(kind, member + ":'TEXT'")).as(kind.name()).isEqualTo(count(kind, "'n':1"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{'type':'file','file':{'file_data':'BINARY'}}",
        "{'type':'file','file':{'file_data':'data:application/zip;base64,BINARY'}}",
        "{'type':'input_file','file_data':'data:application/pdf;base64,JVBERi0xLjcKJWFhYQphYWFhYWFhYWFhYWFhYWFh'}",
        "{'type':'input_audio','input_audio':{'data':'BINARY','format':'wav'}}",
        "{'type':'redacted_thinking','data':'BINARY'}",
        "{'type':'image_pil','image_pil':'BINARY'}",
        "{'type':'resource','resource':{'blob':'BINARY'}}",
        "{'images':['BINARY',['BINARY'],'DATA:application/zip;base64,BINARY']}",
        "{'type':'video_url','video_url':{'url':'data:video/mp4;base64,BINARY'}}",
        "{'type':'input_file','file_url':'https://upstream.test/a-file-of-words.pdf'}"})
    void shouldNotCountFilesThatAreNoText(String part) {
        assertThat(count(PromptKind.CHAT, "'messages':[{'role':'user','content':[" + part + "]}]"))
                .isEqualTo(count(PromptKind.CHAT, "'messages':[{'role':'user','content':[]}]"));
    }

    /** Encoders for JSON may write all characters but letters and digits as escapes. */
    @Test
    void shouldKnowBase64WithEscapes() {
        String escaped = Base64.getEncoder().encodeToString("\0\u00ff\u00fb\u00ef".repeat(300).getBytes(StandardCharsets.ISO_8859_1))
                .replace("+", "\\u002B").replace("/", "\\/");

        assertThat(escaped).contains("\\u002B", "\\/");
        assertThat(file(escaped)).isEqualTo(file("data:application\\/zip;base64," + escaped)).isEqualTo(file(""));
    }

    /** Lines of base64, as some libraries write it, are not those of a text. */
    @Test
    void shouldTellLinesOfBase64FromLinesOfText() {
        String lines = (BINARY.substring(0, 76) + "\\n").repeat(20);

        assertThat(file(lines)).isEqualTo(file(""));
        assertThat(file("patch\\n".repeat(300)) - file("")).isGreaterThan(300);
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 300_000})
    void shouldCountATextInBase64(int repeated) {
        String text = "patch ".repeat(repeated);
        String encoded = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));

        assertThat(file("data:text/plain;base64," + encoded)).isEqualTo(file(encoded)).isBetween((long) repeated, repeated * 2L);
    }

    /** The upstream reads such a file as the text that its URL says it is. */
    @ParameterizedTest
    @ValueSource(strings = {"\1", "%PDF", "GIF89a\1\1\1\1"})
    void shouldCountATextThatBeginsLikeAnotherFile(String beginning) {
        String encoded = Base64.getEncoder().encodeToString((beginning + TEXT).getBytes(StandardCharsets.UTF_8));

        assertThat(file("data:text/plain;base64," + encoded) - file("")).isCloseTo(TOKENS, within(12L));
        assertThat(file("data:application/octet-stream;base64," + encoded) - file("")).isLessThan(TOKENS);
    }

    /** As clients of the Responses API send back what they got. */
    @Test
    void shouldCountWholeItemsByTheirTextsOnly() {
        String shortItems = "{'role':'assistant','content':[{'type':'output_text','text':'TEXT'}]},{'type':'function_call','name':'f','arguments':'{}'},"
                + "{'type':'reasoning','summary':[]},{'type':'file_search_call'}";
        String whole = "{'id':'msg_1','type':'message','status':'completed','phase':'final_answer','role':'assistant','content':[{'type':'output_text',"
                + "'text':'TEXT','annotations':[{'type':'url_citation','title':'TEXT','url':'https://upstream.test'}],'logprobs':[{'token':'a'}]}]},"
                + "{'id':'fc_1','type':'function_call','status':'completed','call_id':'call_1','name':'f','arguments':'{}'},"
                + "{'id':'rs_1','type':'reasoning','status':null,'summary':[],'encrypted_content':'BINARY'},"
                + "{'id':'fs_1','type':'file_search_call','status':'completed','queries':[],'results':null}";

        assertThat(count(PromptKind.RESPONSES, "'input':[" + whole + "]")).isEqualTo(count(PromptKind.RESPONSES, "'input':[" + shortItems + "]"));
    }

    private static long file(String data) {
        return count(PromptKind.RESPONSES, "'input':[{'role':'user','content':[{'type':'input_file','file_data':'" + data + "'}]}]");
    }

    private static long count(PromptKind kind, String members) {
        String body = "{" + members.replace("TEXT", TEXT).replace("BINARY", BINARY) + "}";
        return PromptCounter.count(kind, body.replace('\'', '"').getBytes(StandardCharsets.UTF_8), "gpt-4o", Optional.empty()).prompt();
    }
}
