package dev.openaigateway.admin;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The parameters of {@code /admin/route}, beside a client that may use one model only. */
class RouteParametersTest extends OperatedGateway {

    @Override
    String moreSettings() {
        return "clients: { keys: [ { name: carol, key: key-of-carol, models: [gpt-4o] } ] }\nadmin: { token: t }";
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "client=carrol         | client    | client must be a client of the settings, not 'carrol'; known are anonymous, carol; did you mean 'carol'?",
        "operation=embedings   | operation | operation must be a known one, not 'embedings'; known are chat/completions, ...; did you mean 'embeddings'?",
        "operation=a%0Ab       | operation | operation must be a known one, not 'a?b'; known are chat/completions, ..., passthrough.",
        "stream=maybe          | stream    | stream must be true or false.",
        "operations=embeddings | operations | There is no parameter 'operations' here; known are client, model, operation, stream, ...; did you mean 'operation'?",
        "heder.x-team=a        | heder.x-team | There is no parameter 'heder.x-team' here; known are client, model, operation, stream, header.x-team; did you mean 'header.x-team'?",
        "header.a=1&header.a=2 | header.a  | header.a must be given once."})
    void shouldRefuseWhatItDoesNotKnow(String query, String parameter, String message) {
        JsonNode error = json(gateway.get("/admin/route?model=gpt-4o&" + query, "x-admin-token", "t"), 400).at("/error");

        assertThat(error.at("/param").asText()).isEqualTo(parameter);
        assertThat(error.at("/message").asText()).startsWith(message.split("\\.\\.\\.")[0])
                .endsWith(message.substring(message.lastIndexOf("...") + (message.contains("...") ? 3 : 1)));
    }

    @Test
    void shouldShowTheErrorForAModelThatTheClientMayNotUse() {
        JsonNode route = json(gateway.get("/admin/route?model=gpt-4o-mini&client=carol", "x-admin-token", "t"), 200);

        assertThat(route.at("/answer")).isEqualTo(json("{\"status\":403,\"content_type\":\"application/json\",\"body\":"
                + gateway.post("/v1/chat/completions", "{\"model\":\"gpt-4o-mini\",\"messages\":[]}", "api-key", "key-of-carol").body() + "}"));
        assertThat(route.at("/candidates")).isEmpty();
        assertThat(json(gateway.get("/admin/route?model=gpt-4o&client=carol", "x-admin-token", "t"), 200).at("/candidates")).hasSize(2);
    }

    @Test
    void shouldTakeTheStreamOfTheQueryBeforeThatOfTheBody() {
        assertThat(json(gateway.post("/admin/route?stream=true", "{\"model\":\"gpt-4o\",\"stream\":false}", "x-admin-token", "t"), 200).at("/stream").asBoolean()).isTrue();
    }
}
