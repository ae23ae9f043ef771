package dev.openaigateway.upstream.connection;

import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.RawResponse;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

@GatewayTest
class UntouchedBytesTest {

    private static final ScriptedUpstream UPSTREAM = ScriptedUpstream.start();
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        gateway = TestGateway.start("""
                instances:
                  - { name: plain, provider_type: generic, api_base: "BASE", supported_models: [same] }
                  - { name: renaming, provider_type: generic, api_base: "BASE", model_deployments: { gpt-4o: other } }
                  - { name: dated, api_key: k, api_base: "BASE", model_deployments: { dated: other } }
                """.replace("BASE", UPSTREAM.uri()));
    }

    @AfterAll
    static void stop() {
        gateway.close();
        UPSTREAM.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{ \"messages\" :\t[ ] ,\r\n \"model\" : \"gpt-4o\" , \"x\":1 }\n",
        "{\"model\":\"gpt-4o\",\"seed\":123456789012345678901234567890,\"temperature\":0.10000000000000000001,\"top_p\":1E+2,\"z\":-0}",
        "{\"messages\":[{\"content\":\"\\u00e4\\ud83d\\ude00\\/ \u00e4\ud83d\ude00\"}],\"model\":\"gpt-4o\"}",
        "{\"unknown\":{\"model\":\"gpt-4o\",\"b\":[null,true]},\"unknown\":2,\"model\":\"gpt-4o\"}",
        "\n\n{\"model\":\"gpt-4o\"}   ",
        "\uFEFF{\"model\":\"gpt-4o\"}"
    })
    void shouldSendEveryOtherByteUnchanged(String body) {
        assertThat(bodyAtUpstream(body.replaceFirst("(\"model\"\\s*:\\s*)\"gpt-4o\"(?=[^}]*}\\s*$)", "$1\"same\"")))
                .isEqualTo(body.replaceFirst("(\"model\"\\s*:\\s*)\"gpt-4o\"(?=[^}]*}\\s*$)", "$1\"same\""));
        assertThat(bodyAtUpstream(body)).isEqualTo(body.replaceFirst("(\"model\"\\s*:\\s*)\"gpt-4o\"(?=[^}]*}\\s*$)", "$1\"other\""));
    }

    @Test
    void shouldRemoveOnlyTheModelForAzure() {
        assertThat(bodyAtUpstream("{ \"messages\" : [ 1e5 ],  \"model\":\"dated\" ,\"x\" : \"\\u0041\" }"))
                .isEqualTo("{ \"messages\" : [ 1e5 ],  \"x\" : \"\\u0041\" }");
    }

    @Test
    void shouldAddOnlyTheUsageOptionToAStream() {
        UPSTREAM.enqueue(Reply.chatStream("Hi"));

        assertThat(bodyAtUpstream("{ \"model\":\"same\",\"stream\" : true, \"messages\":[  ] }"))
                .isEqualTo("{\"stream_options\":{\"include_usage\":true}, \"model\":\"same\",\"stream\" : true, \"messages\":[  ] }");
    }

    @Test
    void shouldRelayTheResponseByteForByte() {
        String odd = "{ \"choices\" :[ ],\n\"unknown\":1E+2, \"usage\" : {\"prompt_tokens\":1 , \"completion_tokens\":2}, \"t\":\"\\u00e4\u00e4\" }\n";
        UPSTREAM.enqueue(Reply.json(200, odd));

        assertThat(response("{\"model\":\"same\"}").text()).isEqualTo(odd);
    }

    private static String bodyAtUpstream(String body) {
        int before = UPSTREAM.requests().size();
        response(body);
        return UPSTREAM.requests().get(before).text();
    }

    private static RawResponse response(String body) {
        try (RawClient client = RawClient.connect(gateway.port())) {
            RawResponse response = client.request("POST", "/v1/chat/completions", body.getBytes(StandardCharsets.UTF_8)).response();
            assertThat(response.status()).as(response.text()).isEqualTo(200);
            return response;
        }
    }
}
