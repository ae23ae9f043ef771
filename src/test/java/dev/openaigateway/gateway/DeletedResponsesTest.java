package dev.openaigateway.gateway;

import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.RawResponse;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

/** What upstreams say of a response that they have deleted or cancelled. */
@GatewayTest
class DeletedResponsesTest {

    private final ScriptedUpstream first = ScriptedUpstream.start();
    private final ScriptedUpstream second = ScriptedUpstream.start();
    private final TestGateway gateway = TestGateway.start("""
            instances:
              - { name: first, provider_type: generic, api_base: "%s" }
              - { name: second, provider_type: generic, api_base: "%s" }
            """.formatted(first.uri(), second.uri()));

    @AfterEach
    void stop() {
        gateway.close();
        first.close();
        second.close();
    }

    /** Each of these has deleted or cancelled; another instance would say that there is no such response. */
    @ParameterizedTest
    @CsvSource({"DELETE, '', 204, ", "DELETE, '', 200, application/json", "DELETE, '', 202, text/plain", "DELETE, '', 205, ", "DELETE, '', 200, text/event-stream",
        "POST, /cancel, 200, application/json", "POST, /cancel, 202, ", "POST, /cancel, 204, application/json"})
    void shouldPassASuccessWithoutContent(String method, String action, int status, String type) {
        first.respond(Reply.body(status, type, new byte[0]));
        second.respond(Reply.body(status, type, new byte[0]));

        RawResponse response = send(method, "/v1/responses/resp_x" + action);

        assertThat(response.status()).isEqualTo(status);
        assertThat(response.body()).isEmpty();
        assertThat(response.headers().first("content-type")).as("an SDK would parse JSON").isNull();
        assertThat(first.requests().size() + second.requests().size()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"DELETE | | {}", "DELETE | | {'success':true}", "POST | /cancel | {'message':'cancelled'}",
        "DELETE | | null", "DELETE | | true", "DELETE | | []", "DELETE | | 1", "DELETE | | [{'id':'resp_x'}]", "POST | /cancel | null",
        "DELETE | | 'deleted'", "DELETE | | 'resp deleted'", "POST | /cancel | 'resp_failed cancelled'", "DELETE | | ['deleted']", "DELETE | | [null]",
        "DELETE | | {'detail':'Response deleted'}", "POST | /cancel | {'status':'ok','detail':'cancelled without error'}"})
    void shouldPassASuccessInWordsOfTheUpstream(String method, String action, String body) {
        String json = body.replace('\'', '"');
        first.respond(Reply.json(200, json));
        second.respond(Reply.json(200, json));

        assertThat(send(method, "/v1/responses/resp_x" + (action == null ? "" : action)).text()).isEqualTo(json);
        assertThat(first.requests().size() + second.requests().size()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'success':false}", "false", "'it failed'", "[{'error':{'message':'no','code':500}}]", "{'error':'deleted'}", "{'detail':'Deletion failed'}",
        "['failed']", "Internal Server Error", "null pointer exception", "<!DOCTYPE html><p>Deleted</p>", " <html><p>Deleted</p></html>"})
    void shouldAskTheNextInstanceWhenADeletionFailsInWordsOfTheUpstream(String body) {
        first.respond(Reply.json(200, body.replace('\'', '"')));
        second.respond(Reply.json(200, body.replace('\'', '"')));

        assertThat(send("DELETE", "/v1/responses/resp_x").status()).isGreaterThanOrEqualTo(500);
        assertThat(first.requests().size() + second.requests().size()).isEqualTo(2);
    }

    /** An SDK would parse what has the type of JSON. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"DELETE | | 200 | application/json | OK | text/plain; charset=utf-8", "DELETE | | 200 | text/plain | Deleted | text/plain",
        "DELETE | | 202 | text/plain | 1 response deleted. | text/plain", "POST | /cancel | 202 | text/plain | Cancelled | text/plain",
        "POST | /cancel | 200 | application/xml | <result>cancelled</result> | application/xml", "DELETE | | 200 | text/plain | 'deleted' | application/json"})
    void shouldPassASuccessInPlainText(String method, String action, int status, String type, String text, String shown) {
        byte[] body = text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        first.respond(Reply.body(status, type, body));
        second.respond(Reply.body(status, type, body));

        RawResponse response = send(method, "/v1/responses/resp_x" + (action == null ? "" : action));

        assertThat(response.status()).isEqualTo(status);
        assertThat(response.body()).isEqualTo(body);
        assertThat(response.header("content-type")).isEqualTo(shown);
        assertThat(first.requests().size() + second.requests().size()).isEqualTo(1);
    }

    private RawResponse send(String method, String path) {
        try (RawClient client = RawClient.connect(gateway.port())) {
            return client.request(method, path, new byte[0]).response();
        }
    }
}
