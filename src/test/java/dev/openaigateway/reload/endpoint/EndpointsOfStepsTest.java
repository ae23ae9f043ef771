package dev.openaigateway.reload.endpoint;

import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.OneRoute;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A client that chooses a part of many endpoints with a bean takes none from another step. */
@GatewayTest
class EndpointsOfStepsTest {

    private static final int MORE_THAN_KEPT = 1_010;
    private static final String BEANS = """
            - beans:
                - name: pool
                  type: org.apache.hc.client5.http.io.HttpClientConnectionManager
                  scriptLanguage: groovy
                  script: "org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder.create().build()"
                - name: limits
                  type: java.util.HashMap
            """;
    private static final String STEPS = """
            - toD: { uri: "bean:limits?method=get(${header.x-team})", variableReceive: limit }
            - to: { uri: "QUOTA/check?clientConnectionManager=#bean:pool&httpMethod=GET", variableReceive: quota }
            - to: { uri: "instance:east" }
            """;
    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private final ScriptedUpstream quota = ScriptedUpstream.start().respond(Reply.json(200, "{}"));
    private TestGateway gateway;

    @BeforeEach
    void startGateway() {
        gateway = TestGateway.builder().folder(GatewayFolder.copy().rules(BEANS + OneRoute.of(STEPS).replace("QUOTA", quota.uri())).path()).settings("""
                admin: { watch_files: false }
                instances: [ { name: east, provider_type: generic, api_key: k, api_base: "%s" } ]
                """.formatted(upstream.uri())).start();
    }

    @AfterEach
    void stopGateway() {
        gateway.close();
        quota.close();
        upstream.close();
    }

    @Test
    void shouldKeepTheEndpointOfAFixedStep() {
        for (int i = 0; i < MORE_THAN_KEPT; i++) {
            assertThat(gateway.chat("gpt-4o", "x-team", "t" + i).statusCode()).as("request %s", i).isEqualTo(200);
        }
    }
}
