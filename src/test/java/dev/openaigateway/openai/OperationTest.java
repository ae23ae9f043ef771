package dev.openaigateway.openai;

import dev.openaigateway.openai.body.StoredObjectRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class OperationTest {

    @ParameterizedTest
    @CsvSource({"GET, /resp_1", "GET, /resp_1/input_items", "DELETE, /resp-1", "POST, /resp_1/cancel"})
    void shouldKnowTheRequestsAboutAStoredResponse(String method, String subPath) {
        assertThat(Operation.RESPONSES.hasObjectRequest(method, subPath)).isTrue();
        assertThat(StoredObjectRequest.of(Operation.RESPONSES, method, subPath, null)).hasValueSatisfying(request -> {
            assertThat(request.kind()).isEqualTo(ObjectKind.RESPONSE);
            assertThat(subPath).startsWith("/" + request.id());
        });
    }

    @ParameterizedTest
    @CsvSource({"POST, /resp_1", "GET, /resp_1/cancel", "GET, /", "GET, /../admin", "GET, /resp_1/input_items/2", "DELETE, /..", "DELETE, /.", "GET, /IDs/x"})
    void shouldKnowNoOther(String method, String subPath) {
        assertThat(Operation.RESPONSES.hasObjectRequest(method, subPath)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/responses/resp_1", "/openai/responses/resp_1", "/openai/v1/responses/resp_1"})
    void shouldFindTheSubPathOnEachSurface(String path) {
        assertThat(Operation.RESPONSES.subPathIn(path)).isEqualTo("/resp_1");
        assertThat(Operation.ofObjectPath(path.replaceFirst("/(openai/v1|openai|v1)/", ""))).contains(Operation.RESPONSES);
    }

    @Test
    void shouldFindNoSubPathInAnOperationsOwnPath() {
        assertThat(Operation.RESPONSES.subPathIn("/v1/responses")).isEmpty();
        assertThat(Operation.ofObjectPath("responses")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "RESPONSES")
    void shouldFindNoObjectsWhereNoneAreStored(Operation operation) {
        assertThat(operation.subPathIn("/v1/" + operation.path() + "/id")).isEmpty();
        assertThat(operation.hasObjectRequest("GET", "/id")).isFalse();
        assertThat(operation.hasObjectRequest("", "")).isFalse();
    }
}
