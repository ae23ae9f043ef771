package dev.openaigateway.faults;

import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpResponse;
import java.nio.charset.Charset;

import static org.assertj.core.api.Assertions.assertThat;

/** Upstreams that respond in UTF-16 or UTF-32, in which their key has other bytes, as proxies on Windows do with their error pages. */
class OtherCharsetTest extends TwoInstances {

    private static final String ERROR = "{\"error\":{\"message\":\"bad %s \u4f60\",\"type\":\"invalid_request_error\",\"code\":\"x\"}}";
    private static final String MARK = "\ufeff";

    /** Of the prompt of each response. */
    private int tokens = 4000;

    @Override
    String ofInstances() {
        return ", passthrough: [\"*\"]";
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
    void shouldMaskTheKeyInErrors(String charset) {
        for (String mark : new String[] {"", MARK}) {
            for (String type : new String[] {"application/json", "application/json; charset=" + charset, "text/plain"}) {
                first.enqueue(Reply.body(400, type, bytes(mark + ERROR.formatted("key-of-first"), charset)));

                HttpResponse<String> response = chat();

                assertThat(response.statusCode()).isEqualTo(400);
                assertThat(response.body()).isEqualTo(ERROR.formatted("****"));
                assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
    void shouldMaskTheKeyInTexts(String charset) {
        for (String said : new String[] {"bad key-of-first", "\u4f60\u4f60 key-of-first", MARK + "\u4f60\u4f60\u4f60\u4f60 key-of-first"}) {
            first.enqueue(Reply.body(400, "text/plain; Charset=\"" + charset.toLowerCase() + "\"", bytes(said, charset)));

            assertThat(chat().body()).contains(said.replace(MARK, "").replace("key-of-first", "****")).doesNotContain("key-");
        }
    }

    /** Not even the charset is known. */
    @Test
    void shouldMaskTheKeyInATextOfAnUnknownCharset() {
        first.enqueue(Reply.body(400, "text/plain", bytes("\u4f60\u4f60 key-of-first", "UTF-16LE")));

        assertThat(chat().body()).contains("****").doesNotContain("key-", "k\\u0000", "k e y");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-32BE"})
    void shouldMaskTheKeyUnderSuccess(String charset) {
        String type = "application/json; charset=" + charset;
        String good = "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"key-of-first \u4f60\"},\"finish_reason\":\"stop\"}],\"note\":\"%s\"}";
        for (String mark : new String[] {"", MARK}) {
            first.enqueue(Reply.body(200, type, bytes(mark + good.formatted("key-of-first"), charset)));
            HttpResponse<String> response = chat();
            assertThat(response.body()).isEqualTo(good.formatted("****"));
            assertThat(response.headers().firstValue("content-type")).hasValue("application/json");

            first.enqueue(Reply.body(200, type, bytes(mark + ERROR.formatted("key-of-first"), charset)));
            assertThat(chat().body()).contains("bad **** \u4f60").doesNotContain("key-");

            first.enqueue(Reply.body(200, type, bytes(mark + ERROR.formatted("key-of-first"), charset)));
            assertThat(gateway.get("/v1/batches/batch_1").body()).isEqualTo(ERROR.formatted("****"));
        }
    }

    @Test
    void shouldReadTheCodeBehindALongMessage() {
        first.enqueue(Reply.body(400, "application/json", bytes(ERROR.formatted("key-of-first " + "x".repeat(100_000)), "UTF-16LE")));

        assertThat(chat().body()).contains("bad **** xxx", "\"code\":\"x\"");
    }

    /** Too long to be held, and with characters of two units wherever a piece of it may end. */
    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
    void shouldReadALongResponse(String charset) {
        String good = "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"key-of-first \u4f60" + "\ud83d\ude00".repeat(600_000)
                + "\"},\"finish_reason\":\"stop\"}],\"note\":\"%s\",\"usage\":{\"prompt_tokens\":%d,\"completion_tokens\":5}}";
        for (String mark : new String[] {"", MARK}) {
            tokens++;
            first.enqueue(Reply.body(200, "application/json; charset=" + charset, bytes(mark + good.formatted("key-of-first", tokens), charset)));

            HttpResponse<String> response = chat();

            assertThat(response.body().equals(good.formatted("****", tokens))).isTrue();
            assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
            Eventually.holds("the usage is recorded", () -> gateway.get("/admin/requests?limit=1", ADMIN).body().contains("\"prompt_tokens\":" + tokens));
        }
    }

    private static byte[] bytes(String text, String charset) {
        return text.getBytes(Charset.forName(charset));
    }
}
