package dev.openaigateway.identity;

import dev.openaigateway.support.CapturedLog;
import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.RecordedRequest;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestClock;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;

/** Azure instances without keys, against a scripted token endpoint that gives out {@code token-1}, {@code token-2} and so on. */
@GatewayTest
class IdentityTest {

    private static final String SECRET = "s3cret of the application";

    private final ScriptedUpstream azure = ScriptedUpstream.start();
    private final AtomicInteger given = new AtomicInteger();
    private final ScriptedUpstream tokens = ScriptedUpstream.start().respond(request -> token("3599"));
    private final TestClock clock = new TestClock();
    private TestGateway gateway;

    @AfterEach
    void stop() {
        if (gateway != null) {
            gateway.close();
        }
        azure.close();
        tokens.close();
    }

    private Reply token(String life) {
        return Reply.json(200, "{\"token_type\":\"Bearer\",\"expires_in\":" + life + ",\"access_token\":\"token-" + given.incrementAndGet() + "\"}");
    }

    private TestGateway start(String identity, String... variables) {
        TestGateway.Builder builder = TestGateway.builder().clock(clock).settings("""
                routing: { retries: 0 }
                instances: [ { name: east, api_base: "%s", supported_models: [m], identity: %s } ]
                """.formatted(azure.uri(), identity)).variable("AZURE_AUTHORITY_HOST", tokens.uri() + "/");
        for (int i = 0; i < variables.length; i += 2) {
            builder.variable(variables[i], variables[i + 1]);
        }
        gateway = builder.start();
        return gateway;
    }

    private TestGateway startWithSecret() {
        return start("{ type: client_secret, tenant_id: contoso, client_id: app-1, client_secret: \"" + SECRET + "\" }");
    }

    @Test
    void shouldAuthenticateByClientSecret() {
        assertThat(startWithSecret().chat("m").statusCode()).isEqualTo(200);

        RecordedRequest request = tokens.requests().get(0);
        assertThat(request.target()).isEqualTo("/contoso/oauth2/v2.0/token");
        assertThat(request.text()).contains("grant_type=client_credentials", "client_id=app-1", "client_secret=s3cret+of+the+application",
                "scope=https%3A%2F%2Fcognitiveservices.azure.com%2F.default");
        assertThat(azure.requests().get(0).header("authorization")).isEqualTo("Bearer token-1");
        assertThat(azure.requests().get(0).headers().has("api-key")).isFalse();
    }

    @Test
    void shouldAuthenticateByWorkloadIdentity(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("token"), "federated.jwt\n");

        start("workload", "AZURE_TENANT_ID", "t", "AZURE_CLIENT_ID", "c", "AZURE_FEDERATED_TOKEN_FILE", file.toString()).chat("m");

        assertThat(tokens.requests().get(0).text()).contains("client_assertion=federated.jwt",
                "client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer").doesNotContain("client_secret");
    }

    @Test
    void shouldAuthenticateByTheManagedIdentityOfAVirtualMachine() {
        tokens.respond(request -> Reply.json(200, "{\"access_token\":\"vm-token\",\"expires_on\":\"" + clock.instant().plusSeconds(86_400).getEpochSecond() + "\"}"));

        start("{ type: managed, client_id: u1, scope: https://ai.azure.com/.default }", "AZURE_POD_IDENTITY_AUTHORITY_HOST", tokens.uri()).chat("m");

        assertThat(tokens.requests().get(0).target())
                .isEqualTo("/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https%3A%2F%2Fai.azure.com&client_id=u1");
        assertThat(tokens.requests().get(0).header("metadata")).isEqualTo("true");
        assertThat(azure.requests().get(0).header("authorization")).isEqualTo("Bearer vm-token");
    }

    @Test
    void shouldAuthenticateByTheManagedIdentityOfAnAppService() {
        start("default", "IDENTITY_ENDPOINT", tokens.uri() + "/msi/token", "IDENTITY_HEADER", "h1").chat("m");

        assertThat(tokens.requests().get(0).target())
                .isEqualTo("/msi/token?api-version=2019-08-01&resource=https%3A%2F%2Fcognitiveservices.azure.com");
        assertThat(tokens.requests().get(0).header("x-identity-header")).isEqualTo("h1");
    }

    @ParameterizedTest
    @CsvSource({"ftp://127.0.0.1/token, h1", "http://127.0.0.1/token, h\u20ac"})
    void shouldTakeAnInstanceOutOfServiceWhoseTokenEndpointCannotBeCalled(String endpoint, String header) {
        try (CapturedLog log = new CapturedLog()) {
            start("default", "IDENTITY_ENDPOINT", endpoint, "IDENTITY_HEADER", header);
            Eventually.holds("the line is written", () -> !log.linesWith("has no access token and gets no requests").isEmpty());

            assertThat(gateway.chat("m").statusCode()).isEqualTo(503);
            assertThat(log.linesWith("has no access token and gets no requests").get(0)).contains("the address of the token endpoint, or a header for it, is not valid");
        }
    }

    @Test
    void shouldGoOnToTheNextIdentityWhenOneFails() {
        tokens.respond(request -> request.method().equals("POST") ? Reply.error(401, "{\"error\":\"invalid_client\"}") : token("3599"));

        start("default", "AZURE_TENANT_ID", "t", "AZURE_CLIENT_ID", "c", "AZURE_CLIENT_SECRET", SECRET, "AZURE_POD_IDENTITY_AUTHORITY_HOST", tokens.uri());

        assertThat(gateway.chat("m").statusCode()).isEqualTo(200);
        assertThat(gateway.get("/v1/instances/status").body()).contains("\"type\":\"managed\",\"state\":\"ok\"");
    }

    @Test
    void shouldNameEachIdentityThatFailed() {
        tokens.respond(request -> Reply.error(request.method().equals("POST") ? 401 : 400, "{\"error\":\"invalid_request\"}"));

        start("default", "AZURE_TENANT_ID", "t", "AZURE_CLIENT_ID", "c", "AZURE_CLIENT_SECRET", SECRET, "AZURE_POD_IDENTITY_AUTHORITY_HOST", tokens.uri());

        assertThat(gateway.chat("m").statusCode()).isEqualTo(503);
        assertThat(gateway.get("/v1/instances/status").body()).contains("client_secret: the token endpoint responded with 401: invalid_request; "
                + "managed: the token endpoint responded with 400: invalid_request").doesNotContain(SECRET);
    }

    @Test
    void shouldObtainOneTokenForManyRequestsAndRenewItInTheBackground() {
        startWithSecret();
        gateway.chat("m");
        gateway.chat("m");
        assertThat(tokens.requests()).hasSize(1);

        clock.advance(Duration.ofSeconds(2900));

        tokens.awaitRequests(2);
        Eventually.holds("the new token is used", () -> {
            gateway.chat("m");
            return azure.requests().get(azure.requests().size() - 1).header("authorization").equals("Bearer token-2");
        });
    }

    @Test
    void shouldDropATokenOnceThatTheInstanceRefuses() {
        startWithSecret();
        azure.enqueue(Reply.error(401, "bad", "Access denied"));

        assertThat(gateway.chat("m").statusCode()).isEqualTo(200);
        assertThat(azure.requests()).extracting(request -> request.header("authorization")).containsExactly("Bearer token-1", "Bearer token-2");

        azure.enqueue(Reply.error(401, "bad", "Access denied for Bearer token-2"));
        HttpResponse<String> refused = gateway.chat("m");
        assertThat(refused.statusCode()).as("not again at once").isNotEqualTo(200);
        assertThat(refused.body()).doesNotContain("token-2");
        assertThat(tokens.requests()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"401, invalid_client, no token", "400, unauthorized_client, no token"})
    void shouldTakeAnInstanceWithoutTokenOutOfService(int status, String error, String state) {
        tokens.respond(request -> Reply.error(status, "{\"error\":\"" + error + "\",\"error_codes\":[7000215],\"error_description\":\"" + SECRET + "\"}"));
        try (CapturedLog log = new CapturedLog()) {
            startWithSecret();
            Eventually.holds("the line is written", () -> !log.linesWith("has no access token and gets no requests").isEmpty());

            assertThat(gateway.chat("m").statusCode()).isEqualTo(503);
            assertThat(azure.requests()).isEmpty();
            String shown = gateway.get("/v1/instances/status").body();
            assertThat(shown).contains("\"state\":\"" + state + "\"", error + " (AADSTS7000215)", "\"status\":\"error\"").doesNotContain(SECRET);
            assertThat(gateway.get("/config").body()).contains("client_secret").doesNotContain(SECRET);

            tokens.respond(request -> token("3599"));
            clock.advance(Duration.ofMinutes(2));
            Eventually.holds("it serves again", () -> gateway.chat("m").statusCode() == 200);
            assertThat(gateway.get("/v1/instances/status").body()).contains("\"state\":\"ok\"").doesNotContain("token-1");
        }
    }
}
