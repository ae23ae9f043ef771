package dev.openaigateway.affinity;

import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.RawResponse;
import dev.openaigateway.support.Reply;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

/** A form with the file of another key is refused, however it is written. */
class FormReferencesTest extends PassedRequests {

    private static final String PATH = "/v1/vector_stores/vs_bob1/files";
    private static final String FORM = "multipart/form-data; boundary=b";
    private static final String PART = "--b\r\nContent-Disposition: form-data; name=\"file_id\"\r\n\r\nID\r\n--b--\r\n";

    private String file;

    @Override
    String passed() {
        return "passthrough: [\"*\"]";
    }

    @BeforeEach
    void makeFile() {
        file = "file-" + IDS.incrementAndGet();
        upstream.respond(Reply.json(200, "{\"id\":\"" + file + "\"}"));
        assertThat(request("POST", "/v1/files", "key-a").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"file_id=ID", "x=1&file%5Fid=ID", "file_id=ID&file_id=file-y", "x=1;file_id=ID", "file_ids%5B%5D=+ID", "x={\"file_id\":\"ID\"}"})
    void shouldSearchAUrlEncodedBody(String body) {
        assertRefused("application/x-www-form-urlencoded; charset=utf-8", body, 404);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "404 | name=\"file_id\"; x=y", "404 | NAME=file_id", "404 | name=\"fi\\le_id\"", "400 | name=\"file_id\"; filename=\"a\"", "400 | name*=UTF-8''file_id",
        "400 | name=\"x\"; name*=UTF-8''file_id", "400 | name=x; name=file_id", "400 | filename=\"a; name=file_id", "400 | x=y"
    })
    void shouldReadThePartOfAForm(int status, String parameters) {
        assertRefused(FORM, PART.replace("name=\"file_id\"", parameters), status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Disposition: form-data; name=\"x\"\r\n", "Content-Transfer-Encoding: base64\r\n", "Content-Type: text/plain; charset=utf-16\r\n",
        "X: y\r\n z\r\n", "X : y\r\n", "X: y\n"})
    void shouldRefuseAPartThatCanBeReadInTwoWays(String line) {
        assertRefused(FORM, PART.replace("\r\n\r\n", "\r\n" + line + "\r\n"), 400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r"})
    void shouldRefuseABoundaryThatOnlySomeReadersSee(String end) {
        assertRefused(FORM, "--b\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\ny" + end + PART, 400);
        assertRefused(FORM, "--b\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\ny\r\n--b--" + end + PART, 400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"multipart/form-data; x=\";boundary=A\"; boundary=b", "multipart/form-data; boundary=\"b\"; charset=utf-8"})
    void shouldSendTheBoundaryThatItHasRead(String type) {
        assertRefused(type, PART, 404);

        upstream.respond(Reply.json(200, "{\"id\":\"x\"}"));
        assertThat(post(PATH, type, PART.replace("ID", "file-z"), "key-b").status()).isEqualTo(200);
        assertThat(upstream.requests().get(upstream.requests().size() - 1).header("content-type")).isEqualTo(FORM);
    }

    @ParameterizedTest
    @ValueSource(strings = {"multipart/form-data; boundary=A; boundary=b", "multipart/form-data", "multipart/form-data; boundary=A, multipart/form-data; boundary=b",
        "multipart/form-data; boundary=\"b", "text/plain; x=y; x=z"})
    void shouldRefuseATypeThatCanBeReadInTwoWays(String type) {
        assertRefused(type, PART, 400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"multipart/mixed; boundary=b", "application/xml", "application/yaml", "application/msgpack"})
    void shouldNotPassABodyThatItCannotSearch(String type) {
        assertRefused(type, PART, 415);
    }

    @Test
    void shouldPassTheContentOfAFileOfAnyType() {
        try (RawClient client = RawClient.connect(gateway.port())) {
            assertThat(client.request("POST", "/v1/files", "<x/>".getBytes(StandardCharsets.UTF_8), "api-key: key-b", "Content-Type: application/xml").response().status())
                    .isEqualTo(200);
        }
    }

    private void assertRefused(String type, String body, int status) {
        int before = upstream.requests().size();
        RawResponse refused = post(PATH, type, body.replace("ID", file), "key-b");
        assertThat(refused.status()).isEqualTo(status);
        assertThat(upstream.requests()).hasSize(before);
    }
}
