package dev.openaigateway.openai.body;

import dev.openaigateway.openai.ApiException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class MultipartReaderTest {

    private static final String TYPE = "multipart/form-data; boundary=xyz";

    @Test
    void shouldReadFieldsButNotFiles() {
        MultipartBody form = read("--xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"model\"\r\nContent-Type: audio/wav\r\n\r\nRIFF\r\n"
                + "--xyz\r\ncontent-disposition: form-data; name=model\r\n\r\nwhisper-1\r\n"
                + "--xyz\r\nContent-Disposition: form-data; name=\"stream\"\r\n\r\ntrue\r\n--xyz--\r\n");

        assertThat(form.model()).isEqualTo("whisper-1");
        assertThat(form.stream()).isTrue();
        assertThat(form.text("file")).isEmpty();
        assertThat(form.text("model")).hasValue("whisper-1");
    }

    @Test
    void shouldAllowBlanksAfterABoundary() {
        assertThat(read("--xyz \t\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nwhisper-1\r\n--xyz  \r\nContent-Disposition: form-data; "
                + "name=\"stream\"\r\n\r\ntrue\r\n--xyz--").values()).isEqualTo(Map.of("model", "whisper-1", "stream", "true"));
    }

    @Test
    void shouldReplaceTheModelInPlace() {
        String form = "preamble\r\n--xyz\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nwhisper-1\r\n--xyz--";

        assertThat(sent(read(form), "other")).isEqualTo(form.replace("whisper-1", "other"));
        assertThat(sent(read(form), "whisper-1")).isEqualTo(form);
        assertThat(sent(read(form), null)).isEqualTo(form);
    }

    @Test
    void shouldAddTheModelIfTheFormHasNone() {
        String form = "--xyz\r\nContent-Disposition: form-data; name=\"prompt\"\r\n\r\n\r\n--xyz--\r\n";

        MultipartBody named = MultipartReader.read(read(form).forUpstream("whisper-1", false), TYPE);

        assertThat(named.model()).isEqualTo("whisper-1");
        assertThat(named.text("prompt")).hasValue("");
        assertThat(sent(named, null)).endsWith(form);
    }

    @Test
    void shouldAcceptAQuotedBoundary() {
        byte[] form = "--a b\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nm\r\n--a b--".getBytes(StandardCharsets.UTF_8);

        assertThat(MultipartReader.read(form, "multipart/form-data; charset=utf-8; Boundary=\"a b\"").model()).isEqualTo("m");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--xyz", "--xyz\r\n", "--xyz\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nm",
        "--xyz\r\nContent-Disposition: form-data; name=\"model\"\r\n--xyz--", "{\"model\":\"m\"}", "--xy\r\n\r\n\r\n--xy--", "--xyz\r\nno headers"})
    void shouldRefuseAnIncompleteForm(String form) {
        ApiException thrown = catchThrowableOfType(ApiException.class, () -> read(form));

        assertThat(thrown.error().status()).isEqualTo(400);
        assertThat(thrown.error().message()).startsWith("We could not parse the multipart form");
    }

    @Test
    void shouldRefuseAFormWithoutABoundary() {
        assertThat(catchThrowableOfType(ApiException.class, () -> MultipartReader.read(new byte[0], "multipart/form-data")).error().message())
                .contains("names no boundary");
    }

    @Test
    void shouldRefuseARepeatedModel() {
        String part = "--xyz\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nm\r\n";

        assertThat(catchThrowableOfType(ApiException.class, () -> read(part + part + "--xyz--")).error().code())
                .isEqualTo("duplicate_parameter");
    }

    @ParameterizedTest
    @ValueSource(strings = {"name=\"model\"; filename=\"m\"", "name*=utf-8''model", "name=\"a\"; name=\"model\""})
    void shouldRefuseAModelThatIsNoPlainField(String parameters) {
        ApiException thrown = catchThrowableOfType(ApiException.class, () -> read("--xyz\r\nContent-Disposition: form-data; " + parameters + "\r\n\r\nm\r\n--xyz--"));

        assertThat(thrown.error().status()).isEqualTo(400);
        assertThat(thrown.error().message()).startsWith("We could not parse the multipart form");
    }

    /** Clients of Apache name ISO-8859-1 for each text. */
    @ParameterizedTest
    @ValueSource(strings = {"ISO-8859-1", "\"utf-8\"", "utf8", "windows-1252", "latin1"})
    void shouldReadATextInACharsetThatExtendsAscii(String charset) {
        String head = "--xyz\r\nContent-Disposition: form-data; name=\"model\"\r\nContent-Type: text/plain; charset=" + charset
                + "\r\nContent-Transfer-Encoding: 8bit\r\n\r\n";

        assertThat(read(head + "m\r\n--xyz--").model()).isEqualTo("m");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ISO-8859-1", "utf-16", "utf-7", "cp037"})
    void shouldRefuseATextThatItsCharsetReadsOtherwise(String charset) {
        String head = "--xyz\r\nContent-Disposition: form-data; name=\"model\"\r\nContent-Type: text/plain; charset=" + charset + "\r\n\r\n";

        assertThat(catchThrowableOfType(ApiException.class, () -> read(head + "m\u00e9\r\n--xyz--")).error().status()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({"true, true", "True, true", "TRUE, true", "1, true", "on, true", "false, false", "False, false", "0, false", "'', false", "no, false"})
    void shouldReadAFlagAsServersDo(String written, boolean stream) {
        assertThat(read("--xyz\r\nContent-Disposition: form-data; name=\"stream\"\r\n\r\n" + written + "\r\n--xyz--").stream()).isEqualTo(stream);
    }

    @Test
    void shouldReadALongFileNameWithQuotes() {
        String part = "--xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + "a\\\"".repeat(2_500) + "; name=model\"\r\n\r\nm\r\n";

        assertThat(read(part + "--xyz--").values()).isEmpty();
    }

    @Test
    void shouldSendTheBoundaryAlone() {
        byte[] form = "--a b\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nm\r\n--a b--".getBytes(StandardCharsets.UTF_8);

        assertThat(MultipartReader.read(form, "Multipart/Form-Data; x=\";boundary=c\"; boundary=\"a b\"").mediaType()).isEqualTo("multipart/form-data; boundary=\"a b\"");
    }

    @Property
    void shouldPreserveFilesByteForByte(@ForAll byte[] file) {
        ByteArrayOutputStream form = new ByteArrayOutputStream();
        form.writeBytes("--q7\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        form.writeBytes(file);
        form.writeBytes("\r\n--q7\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nabc\r\n--q7--".getBytes(StandardCharsets.UTF_8));

        MultipartBody read = MultipartReader.read(form.toByteArray(), "multipart/form-data; boundary=q7");
        byte[] sent = read.forUpstream("xyz", false);

        byte[] expected = form.toByteArray();
        System.arraycopy("xyz".getBytes(StandardCharsets.UTF_8), 0, expected, read.modelSpan().start(), 3);
        assertThat(Arrays.equals(sent, expected)).isTrue();
    }

    private static MultipartBody read(String form) {
        return MultipartReader.read(form.getBytes(StandardCharsets.UTF_8), TYPE);
    }

    private static String sent(MultipartBody form, String model) {
        return new String(form.forUpstream(model, false), StandardCharsets.UTF_8);
    }
}
