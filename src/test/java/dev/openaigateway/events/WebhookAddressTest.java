package dev.openaigateway.events;

import dev.openaigateway.support.CapturedLog;
import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.RecordedRequest;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

import static org.assertj.core.api.Assertions.assertThat;

/** Addresses of webhooks as services hand them out: with a signed query, or with user and password. */
@GatewayTest
class WebhookAddressTest {

    private final ScriptedUpstream sink = ScriptedUpstream.start();
    private TestGateway gateway;

    @AfterEach
    void stopGateway() {
        gateway.close();
        sink.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "/workflows/0f/triggers/manual/paths/invoke?api-version=2016-10-01&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=aB+c%2Fd-_%3D",
        "/hook?code=a==&name=b%20c", "/hook?httpMethod=GET&connectTimeout=x&throwExceptionOnFailure=false", "/a%20b/c+d?x=1%2B1&x=2", "/hook?", "/"})
    void shouldSendToTheAddressAsItIsWritten(String target) {
        start(sink.uri() + target);

        assertThat(message().target()).isEqualTo(target.endsWith("?") ? target.substring(0, target.length() - 1) : target);
        assertThat(message().method()).isEqualTo("POST");
    }

    @ParameterizedTest
    @ValueSource(strings = {"user:pass", "us%40er:p%3Aa%2Fss%25", "user:p+ss:w@rd", "only-a-token", "user:"})
    void shouldSendUserAndPasswordAsCredentials(String user) {
        start(sink.uri().replace("http://", "http://" + user + "@") + "/hook?sig=a%2Fb");

        String sent = new String(Base64.getDecoder().decode(message().header("authorization").substring("Basic ".length())), StandardCharsets.UTF_8);
        assertThat(sent).isEqualTo((user.contains(":") ? user : user + ":")
                .replace("%40", "@").replace("%3A", ":").replace("%2F", "/").replace("%25", "%"));
        assertThat(message().target()).isEqualTo("/hook?sig=a%2Fb");
    }

    @Test
    void shouldSendAlertsToSuchAddressesToo() {
        gateway = TestGateway.start("logging: { feishu_webhook: \"" + sink.uri().replace("http://", "http://user:pass@") + "/bot?sig=a%2Fb\" }\n" + INSTANCE);
        gateway.chat("gpt-4o");

        assertThat(message().target()).isEqualTo("/bot?sig=a%2Fb");
        assertThat(message().header("authorization")).startsWith("Basic ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"user:secret-word@", "secret-word@", ""})
    void shouldNotShowTheAddress(String user) {
        sink.respond(Reply.error(401, "no", "no"));
        try (CapturedLog log = new CapturedLog()) {
            start(sink.uri().replace("http://", "http://" + user) + "/secret-word?sig=secret-word");
            message();
            Eventually.holds("a warning", () -> !log.linesWith("could not deliver").isEmpty());

            assertThat(log.linesWith("secret-word")).isEmpty();
            for (String path : new String[] {"/config", "/admin/route?model=gpt-4o", "/metrics"}) {
                assertThat(gateway.get(path).body()).doesNotContain("secret-word");
            }
        }
    }

    private static final String INSTANCE = "instances: [ { name: none, provider_type: generic, api_key: k, api_base: \"http://127.0.0.1:1\" } ]";

    private void start(String webhook) {
        gateway = TestGateway.builder().settings(INSTANCE).property("events.webhook.enabled", "true").property("events.webhook.url", webhook).start();
        gateway.chat("gpt-4o");
    }

    private RecordedRequest message() {
        return sink.awaitRequests(1).get(0);
    }
}
