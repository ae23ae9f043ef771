package dev.openaigateway.throttle;

import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.RawResponse;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestClock;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

import static dev.openaigateway.throttle.PricedRequest.assertLeft;
import static dev.openaigateway.throttle.PricedRequest.awaitSettled;
import static dev.openaigateway.throttle.PricedRequest.instance;
import static org.assertj.core.api.Assertions.assertThat;

/** A text reserves its tokens wherever in a request the model reads it. */
@GatewayTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReservedTextsTest {

    private static final int LIMIT = 250;
    private static final String WORDS = "word ".repeat(300);
    private static final String FORM = "multipart/form-data; boundary=b";

    private final TestClock clock = new TestClock();
    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private TestGateway gateway;

    @BeforeAll
    void start() {
        gateway = TestGateway.builder().clock(clock).settings("rate_limit: { tpm: " + LIMIT + ", default_max_tokens: 10 }\ninstances:\n"
                + instance("first", upstream, 1, "")).start();
    }

    @AfterAll
    void stop() {
        gateway.close();
        upstream.close();
    }

    @BeforeEach
    void begin() {
        clock.advance(Duration.ofMinutes(5));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "completions      | 'prompt':'TEXT'",
        "completions      | 'prompt':'a','suffix':'TEXT'",
        "embeddings       | 'input':[{'type':'text','text':'TEXT'}]",
        "embeddings       | 'input':{'text':'TEXT'}",
        "chat/completions | 'messages':[],'prediction':{'type':'content','content':'TEXT'}",
        "chat/completions | 'messages':[],'prediction':{'type':'content','content':[{'type':'text','text':'TEXT'}]}",
        "chat/completions | 'messages':[{'role':'assistant','content':'a','reasoning':'TEXT'}]",
        "chat/completions | 'messages':[{'role':'assistant','content':'a','reasoning_content':[{'text':'TEXT'}]}]",
        "chat/completions | 'messages':[{'role':'assistant','content':'a','reasoning_details':[{'type':'reasoning.text','text':'TEXT'}]}]",
        "chat/completions | 'messages':[{'role':'assistant','content':[{'type':'thinking','thinking':'TEXT'}]}]",
        "chat/completions | 'messages':[{'role':'user','content':[{'type':'tool_result','content':'TEXT'}]}]",
        "chat/completions | 'messages':[{'role':'user','content':[{'type':'tool_result','content':[{'type':'text','text':'TEXT'}]}]}]",
        "chat/completions | 'messages':[{'role':'user','content':[{'type':'file','file':{'file_data':'TEXT'}}]}]",
        "chat/completions | 'messages':[{'role':'user','content':[{'type':'file','file':{'file_data':'data:text/plain;base64,CODE'}}]}]",
        "chat/completions | 'messages':[],'documents':[{'text':'TEXT'}]",
        "chat/completions | 'messages':[{'role':'tool','content':{'detail':'TEXT'}}]",
        "chat/completions | 'messages':[{'role':'user','content':[{'type':'tool_result','content':{'TEXT':1}}]}]",
        "chat/completions | 'messages':[{'role':'tool','content':[{'type':'json','json':{'status':'TEXT'}}]}]",
        "chat/completions | 'messages':[],'system':'TEXT'",
        "responses        | 'input':'a','prompt':{'id':'p','variables':{'id':'TEXT'}}",
        "responses        | 'input':'a','prompt':{'id':'p','variables':{'v':{'type':'input_text','text':'TEXT'}}}",
        "responses        | 'input':'a','instructions':[{'role':'developer','content':'TEXT'}]",
        "responses        | 'input':'a','text':{'format':{'type':'json_schema','name':'n','description':'TEXT','schema':{}}}",
        "responses        | 'input':[{'type':'mcp_list_tools','tools':[{'name':'n','description':'TEXT'}]}]",
        "responses        | 'input':[{'type':'tool_search_output','tools':[{'type':'function','name':'n','description':'TEXT'}]}]",
        "responses        | 'input':[{'type':'file_search_call','results':[{'text':'TEXT'}]}]",
        "responses        | 'input':[{'type':'reasoning','text':'TEXT'}]",
        "responses        | 'input':[{'type':'reasoning','content':[{'type':'reasoning_text','reasoning':'TEXT'}]}]",
        "responses        | 'input':[{'role':'user','content':[{'type':'input_file','file_data':'TEXT'}]}]",
        "responses        | 'input':[{'role':'user','content':[{'type':'input_file','file_data':'data:text/csv,TEXT'}]}]",
        "responses        | 'input':[{'role':'user','content':[{'type':'input_file','file_data':'CODE'}]}]",
        "images/generations | 'prompt':'TEXT'",
        "chat/completions | 'messages':[{'role':'user','content':[{'type':'image_url','image_url':{'url':'data:text/plain;base64,CODE'}}]}]",
        "images/edits     | 'prompt':'TEXT','images':[]",
        "images/generations | 'prompt':'a','negative_prompt':'TEXT'",
        "audio/speech     | 'voice':'v','input':'TEXT'",
        "audio/speech     | 'voice':'v','input':'a','instructions':'TEXT'"})
    void shouldRefuseATextLargerThanTheLimit(String path, String members) {
        // given
        int before = upstream.requests().size();

        // when
        RawResponse large = send(path, "application/json", json(members, WORDS));
        RawResponse small = send(path, "application/json", json(members, "a b"));

        // then
        assertThat(large.status()).isEqualTo(429);
        assertThat(large.text()).contains("Limit " + LIMIT + ", Requested 3");
        assertThat(small.status()).isNotEqualTo(429);
        assertThat(upstream.requests()).hasSize(before + 1);
    }

    @ParameterizedTest
    @CsvSource({"images/edits, prompt", "audio/transcriptions, prompt", "audio/translations, prompt"})
    void shouldRefuseATextOfAFormLargerThanTheLimit(String path, String field) {
        // given
        int before = upstream.requests().size();

        // when
        RawResponse large = send(path, FORM, form(field, WORDS));
        RawResponse small = send(path, FORM, form(field, "a b"));

        // then
        assertThat(large.status()).isEqualTo(429);
        assertThat(large.text()).contains("Limit " + LIMIT + ", Requested 30");
        assertThat(small.status()).isNotEqualTo(429);
        assertThat(upstream.requests()).hasSize(before + 1);
    }

    @Test
    void shouldReserveTextsOfRequestsInFlight() {
        // given
        upstream.enqueue(Reply.stall());
        String body = "{\"model\":\"gpt-4o\",\"max_tokens\":1,\"prompt\":\"a\",\"suffix\":\"" + "word ".repeat(150) + "\"}";
        int before = upstream.requests().size();
        try (RawClient first = RawClient.connect(gateway.port()).post("/v1/completions", body)) {
            upstream.awaitRequests(before + 1);

            // when
            RawResponse second = send("completions", "application/json", body);

            // then
            assertThat(second.status()).isEqualTo(429);
            first.abort();
        }
        awaitSettled(gateway);
    }

    @Test
    void shouldChargeTheReportedUsageOfAnImage() {
        // given
        upstream.enqueue(Reply.json(200, "{\"created\":1,\"data\":[{\"b64_json\":\"aGVsbG8=\"}],\"usage\":{\"input_tokens\":20,\"output_tokens\":150,"
                + "\"total_tokens\":170}}"));

        // when
        RawResponse response = send("images/generations", "application/json", json("'prompt':'TEXT'", "a b"));
        awaitSettled(gateway);

        // then
        assertThat(response.header("x-ratelimit-remaining-tokens")).as("while it was in flight").isEqualTo("248");
        assertLeft(gateway, "gateway", "gateway", LIMIT - 170);
    }

    @ParameterizedTest
    @CsvSource({"images/generations, prompt", "audio/speech, input"})
    void shouldChargeTheTextOfMediaWithoutUsage(String path, String member) {
        // given
        upstream.enqueue(path.startsWith("images") ? Reply.json(200, "{\"created\":1,\"data\":[{\"url\":\"https://upstream.test/a.png\"}]}")
                : Reply.body(200, "audio/mpeg", "some sound".repeat(100).getBytes(StandardCharsets.UTF_8)));

        // when
        RawResponse response = send(path, "application/json", json("'voice':'v','" + member + "':'TEXT'", "a b"));
        awaitSettled(gateway);

        // then
        assertThat(response.status()).isEqualTo(200);
        assertLeft(gateway, "gateway", "gateway", LIMIT - 2);
    }

    private RawResponse send(String path, String type, String body) {
        try (RawClient client = RawClient.connect(gateway.port())) {
            return client.request("POST", "/v1/" + path, body.getBytes(StandardCharsets.UTF_8), "Content-Type: " + type).response();
        }
    }

    private static String json(String members, String text) {
        String code = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        return "{'model':'gpt-4o',".replace('\'', '"') + members.replace('\'', '"').replace("TEXT", text).replace("CODE", code) + "}";
    }

    private static String form(String field, String text) {
        return "--b\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\ngpt-4o\r\n"
                + "--b\r\nContent-Disposition: form-data; name=\"" + field + "\"\r\n\r\n" + text + "\r\n--b--\r\n";
    }
}
