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
    @ValueSource(strings = {"ascii", "ANSI_X3.4-1968", "cp1252", "gbk", "GB18030", "Shift_JIS", "euc-kr", "koi8-r"})
    void shouldReadAsciiInAnyCharsetThatReadsItAlike(String charset) {
        assertThat(read(field("Content-Type: text/plain; charset=" + charset) + "gpt-4o_2\r\n--xyz--").model()).isEqualTo("gpt-4o_2");
        assertRefused(field("Content-Type: text/plain; charset=" + charset) + "m\u00e9\r\n--xyz--");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Type: ", "Content-Type: text", "Content-Type: text/plain\r\nContent-Type: text/plain",
        "Content-Type: text/plain\r\nContent-Transfer-Encoding: quoted-printable"})
    void shouldReadAFieldWhoseHeaderChangesNothing(String header) {
        assertThat(read(field(header) + "m\r\n--xyz--").model()).isEqualTo("m");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=6D", "m=", "m ", "m \r\nm", "m\u00e9"})
    void shouldRefuseAValueThatQuotedPrintableChanges(String value) {
        assertRefused(field("Content-Transfer-Encoding: quoted-printable") + value + "\r\n--xyz--");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Transfer-Encoding: base64", "Content-Type: text/plain\r\nContent-Type: text/plain; charset=utf-16",
        "Content-Type: text/plain; charset=utf-16le", "Content-Type: text/plain; charset=no such", "Content-Type: text/plain; charset=\"?\""})
    void shouldRefuseAFieldThatReadersTakeInDifferentWays(String header) {
        assertRefused(field(header) + "mm\r\n--xyz--");
    }

    @ParameterizedTest
    @ValueSource(strings = {"form-data; name=\"file\"; filename=my file.wav", "form-data; name=\"file\"; filename=/tmp/a.wav",
        "form-data; name=file; filename=\u00fc.wav", "form-data; name= \"file\"; filename=\"a.wav\"", "form-data; name=\"file\";\r\n filename=\"a.wav\"",
        "attachment; name=\"file\"; filename=\"a.wav\""})
    void shouldPassAFileWhoseFieldIsCertain(String disposition) {
        String file = "--xyz\r\nContent-Disposition: " + disposition + "\r\n\r\nRIFF\r\n";

        assertThat(read(field("") + "m\r\n" + file + "--xyz--").values()).isEqualTo(Map.of("model", "m"));
        assertRefused((file + "--xyz--").replaceAll("([; ])name=( ?)\"?file\"?", "$1name=$2\"model\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"form-data; name=\"file\"; filename=a; name=\"model\"", "form-data; name=\"file\"; filename=a b; name=model",
        "form-data; name=\"file\"; filename=a name=model", "form-data; name=\"file\"; filename=a \"; name=\"model", "attachment; name=\"prompt\"",
        "form-data;\r\n name=\"model\"", "form-data; name=\"fi\\le\"; filename=a b", "form-data; filename=a b"})
    void shouldRefuseAPartWhoseFieldIsUncertain(String disposition) {
        assertRefused("--xyz\r\nContent-Disposition: " + disposition + "\r\n\r\nm\r\n--xyz--");
    }

    @Test
    void shouldIgnoreAPartWithoutAName() {
        assertThat(read(field("") + "m\r\n--xyz\r\nContent-Type: text/plain\r\n\r\nzz\r\n--xyz--").values()).isEqualTo(Map.of("model", "m"));
        assertRefused("--xyz\r\nContent-Type: text/plain; name=\"model\"\r\n\r\nzz\r\n--xyz--");
    }

    @ParameterizedTest
    @ValueSource(strings = {"----=_Part_1_12.34", "a/b+c", "uuid:1-2"})
    void shouldReadABoundaryThatShouldBeQuoted(String boundary) {
        byte[] form = ("--" + boundary + "\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nm\r\n--" + boundary + "--").getBytes(StandardCharsets.UTF_8);

        for (String type : new String[] {"multipart/form-data; boundary=", "Multipart/Form-Data;charset=UTF-8; Boundary="}) {
            MultipartBody read = MultipartReader.read(form, type + boundary);
            assertThat(read.model()).isEqualTo("m");
            assertThat(read.mediaType()).isEqualTo("multipart/form-data; boundary=\"" + boundary + "\"");
            assertThat(ContentType.normalized(type + boundary + ";")).isEqualTo(read.mediaType());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b; boundary=c", "c; boundary=a/b", "a/b, multipart/form-data; boundary=c", "a/b c", "a/b\"c\"", "a/b; x=y", "a/\\b"})
    void shouldRefuseABoundaryThatReadersTakeInDifferentWays(String boundary) {
        assertThat(catchThrowableOfType(ApiException.class, () -> ContentType.normalized("multipart/form-data; boundary=" + boundary)).error().status()).isEqualTo(400);
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

    /** The head of a field that names the model. */
    private static String field(String header) {
        return "--xyz\r\nContent-Disposition: form-data; name=\"model\"\r\n" + (header.isEmpty() ? "" : header + "\r\n") + "\r\n";
    }

    private static void assertRefused(String form) {
        assertThat(catchThrowableOfType(ApiException.class, () -> read(form)).error().status()).isEqualTo(400);
    }

    private static MultipartBody read(String form) {
        return MultipartReader.read(form.getBytes(StandardCharsets.UTF_8), TYPE);
    }

    private static String sent(MultipartBody form, String model) {
        return new String(form.forUpstream(model, false), StandardCharsets.UTF_8);
    }
}
