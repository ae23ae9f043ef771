package dev.openaigateway.tokenizer.prompt;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/** Images count by their size, wherever they stand. */
class ImageCountTest {

    @ParameterizedTest
    @CsvSource({"1024, 1024, high, 765", "1024, 1024, low, 85", "1024, 1024, auto, 765", "512, 512, high, 255",
            "2048, 4096, high, 1105", "4096, 100, high, 765", "1, 1, high, 255"})
    void shouldPriceImageBySizeAndDetail(int width, int height, String detail, long expected) {
        // given
        String image = "{'type':'image_url','image_url':{'url':'" + pngUrl(width, height, 0) + "','detail':'" + detail + "'}}";

        // then
        assertThat(chat("gpt-4o", "{'role':'user','content':[" + image + "]}")).isEqualTo(3 + 1 + 3 + expected);
    }

    @Test
    void shouldNeverCountDataUrlAsText() {
        // given
        String url = pngUrl(512, 512, 3_000_000);

        // then
        assertThat(count(PromptKind.RESPONSES, "gpt-4o",
                "{'input':[{'role':'user','content':[{'type':'input_image','detail':'high','image_url':'" + url + "'}]}]}").prompt())
                .isEqualTo(3 + 1 + 3 + 255);
    }

    @Test
    void shouldAssumeUsualSizeForImageUrl() {
        assertThat(chat("gpt-4o", "{'role':'user','content':[{'type':'image_url','image_url':{'url':'https://example.com/a.png'}}]}"))
                .isEqualTo(3 + 1 + 3 + 765);
    }

    /** Else a text would pass a limit as an image. */
    @ParameterizedTest
    @ValueSource(strings = {"data:text/plain;base64,CODE", "DATA:text/plain;BASE64,CODE", "data:image/png;base64,CODE", "data:text/plain,TEXT",
        "\\u0064ata:text/plain,TEXT"})
    void shouldCountATextInTheUrlOfAnImage(String url) {
        // given
        String text = "word ".repeat(3000);
        String code = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        String whole = url.replace("CODE", code).replace("TEXT", text);

        // then
        assertThat(chat("gpt-4o", "{'role':'user','content':[{'type':'image_url','image_url':{'url':'" + whole + "'}}]}")).isBetween(3000L, 3030L);
        assertThat(chat("gpt-4o", "{'role':'user','content':[{'type':'input_image','image_url':'" + whole + "'}]}")).isBetween(3000L, 3030L);
        assertThat(chat("gpt-4o", "{'role':'user','content':[{'type':'input_file','file_url':'" + whole + "'}]}")).isBetween(3000L, 3030L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"data:image/png;base64,AAAA", "data:image/png;base64,iVBORw0KGgo=", "data:image/heic;base64,AAAAIGZ0eXBoZWlj",
        "data:image/png;base64,not/base64!"})
    void shouldAssumeUsualSizeForImageWithoutKnownSize(String url) {
        assertThat(chat("gpt-4o", "{'role':'user','content':[{'type':'image_url','image_url':{'url':'" + url + "'}}]}"))
                .isEqualTo(3 + 1 + 3 + 765);
    }

    @Test
    void shouldCountImagesInEveryForm() {
        // given
        String url = pngUrl(512, 512, 3_000_000);
        String data = url.substring(url.indexOf(',') + 1);

        // then
        for (String part : List.of("{'type':'image','source':{'type':'base64','media_type':'image/png','data':'" + data + "'}}",
                "{'images':['" + data + "']}",
                "{'type':'tool_result','content':[{'type':'image_url','image_url':{'url':'" + url + "'}}]}")) {
            assertThat(chat("gpt-4o", "{'role':'user','content':[" + part + "]}")).isEqualTo(3 + 1 + 3 + 255);
        }
        assertThat(count(PromptKind.RESPONSES, "gpt-4o", "{'input':[{'type':'image_generation_call','id':'ig_1','status':'completed','result':'" + data
                + "','output_format':'png','size':'1024x1024'}]}").prompt()).isEqualTo(3 + 3 + 255);
        assertThat(count(PromptKind.RESPONSES, "gpt-4o", "{'prompt':{'id':'p','variables':{'v':{'type':'input_image','image_url':'" + url + "'}}}}")
                .prompt()).isEqualTo(3 + 255);
        assertThat(count(PromptKind.EMBEDDINGS, "gpt-4o", "{'input':[{'image':'" + data + "'}]}").prompt()).isEqualTo(255);
    }

    private static long chat(String model, String messages) {
        return count(PromptKind.CHAT, model, "{'messages':[" + messages + "]}").prompt();
    }

    private static TokenEstimate count(PromptKind kind, String model, String body) {
        return PromptCounter.count(kind, body.replace('\'', '"').getBytes(StandardCharsets.UTF_8), model, Optional.empty());
    }

    private static String pngUrl(int width, int height, int more) {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            png.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0, 0, 13, 'I', 'H', 'D', 'R'});
            png.write(ByteBuffer.allocate(8).putInt(width).putInt(height).array());
            png.write(new byte[more]);
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(png.toByteArray());
    }
}
